// npm install @modelcontextprotocol/sdk
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { {{typescript.transport}} } from "@modelcontextprotocol/sdk/client/{{typescript.module}}.js";

const response = await fetch("{{url}}", {
  headers: { "X-API-Key": process.env.LEASH_API_KEY ?? "" },
});
const { success, data, error } = await response.json();
if (!success) throw new Error(error);

const client = new Client({ name: "my-app", version: "1.0.0" });
await client.connect(new {{typescript.transport}}(new URL(data.url), {
  requestInit: { headers: data.headers },
}));
const { tools } = await client.listTools();
console.log(tools.map(tool => tool.name).join("\n"));
await client.close();
