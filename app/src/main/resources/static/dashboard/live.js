// Other people's changes. The stream says what kind of thing changed; its part of the page then loads itself again.
"use strict";

const live = document.body.dataset.live;
if (live) afterPaint(() => {
  const stream = new EventSource(live);
  const topics = ["servers", "keys", "secrets", "members", "plan", "encryption", "activity"];
  const reload = topic => document.body.dispatchEvent(new Event("leash-" + topic));
  topics.forEach(topic => stream.addEventListener("leash-" + topic, () => reload(topic)));
  /* Nobody told of what happened while the stream was broken. */
  let wasLive = false;
  stream.addEventListener("leash-live", () => {
    if (wasLive) topics.forEach(reload);
    wasLive = true;
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
});

/*
 * What loads itself again gives way to the person at that part of the page. Put in while a button is held down, it would take the
 * button from under the mouse and the click would be lost; so would a menu, or a list being chosen from. htmx would queue it behind
 * an answer that is awaited, start it when the next choice cancels that answer, and drop the choice, whose button it took away.
 */
const CLICK_FOLLOWS_MILLISECONDS = 50; // on a touch screen, after the finger is up
const reloads = new WeakMap();
const waiting = new Map();
let pressed = null;
let release;

document.body.addEventListener("htmx:confirm", event => {
  if (!isReload(event.detail.triggeringEvent)) return;
  reloads.set(event.detail.elt, event.detail);
  if (isInUse(event.detail.target) || isAwaited(event.detail.target)) postpone(event, event.detail.elt);
});
document.body.addEventListener("htmx:beforeSwap", event => {
  const { elt, triggeringEvent } = event.detail.requestConfig;
  if (isReload(triggeringEvent) && isInUse(event.detail.target)) postpone(event, elt);
});
document.body.addEventListener("htmx:afterRequest", () => setTimeout(reloadWaiting));
document.addEventListener("toggle", () => reloadWaiting(), true);

/* Nobody asked for it: the stream did, or the part itself. */
function isReload(cause) {
  return !cause || cause.type.startsWith("leash-");
}

function isInUse(part) {
  return part.contains(pressed) || part.querySelector("details.menu[open]") !== null;
}

function isAwaited(part) {
  return part.matches(".htmx-request") || part.querySelector(".htmx-request") !== null;
}

function postpone(event, element) {
  event.preventDefault();
  waiting.set(element, reloads.get(element));
}

function reloadWaiting() {
  for (const [element, reload] of waiting) {
    if (isInUse(reload.target) || isAwaited(reload.target)) continue;
    waiting.delete(element);
    reload.issueRequest(true);
  }
}

function press(event) {
  clearTimeout(release);
  pressed = event.target;
}

function letGo() {
  clearTimeout(release);
  release = setTimeout(() => {
    pressed = null;
    reloadWaiting();
  }, CLICK_FOLLOWS_MILLISECONDS);
}

for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, press, true);
for (const type of ["pointerup", "pointercancel", "keyup"]) {
  document.addEventListener(type, () => {
    if (pressed?.tagName !== "SELECT") letGo(); // its list opens with a press and stays open
  }, true);
}
for (const type of ["change", "focusout"]) {
  document.addEventListener(type, event => {
    if (event.target === pressed) letGo();
  }, true);
}
addEventListener("blur", letGo);
