// usage: node ask.mjs
// Answers one line of input after the other: what an app that keeps running sees of a rotation.
import { createInterface } from "node:readline";
import { Leash } from "@leash/sdk";

const leash = new Leash();
const now = performance.now.bind(performance);

const answers = {
  process: key => process.env[key],
  get: key => leash.env.get(key),
  fresh: key => leash.env.get(key, { fresh: true }),
  bearer: async slug => (await leash.getCustomMcpConfig(slug)).headers.Authorization,
  later: seconds => {
    performance.now = () => now() + Number(seconds) * 1_000;
    return "later";
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [question, about] = line.split(" ");
  console.log(await answers[question](about));
}
