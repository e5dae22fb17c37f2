// What HTML and htmx cannot do by themselves: dialogs, toasts, copying, tabs, times in the reader's zone.
"use strict";

const dialog = document.getElementById("dialog");
const dialogBody = document.getElementById("dialog-body");
const toasts = document.getElementById("toasts");
const TOAST_MILLISECONDS = 6000;

function toast(message, kind) {
  const note = document.createElement("p");
  note.className = "toast " + kind;
  note.textContent = message;
  (dialog.open ? dialog : document.body).append(toasts); // what is outside of an open dialog lies behind it
  toasts.append(note);
  setTimeout(() => note.remove(), TOAST_MILLISECONDS);
}

function closeDialog() {
  if (dialog.open) dialog.close();
}

/* What was typed into a dialog, or shown in it, does not outlive it. */
dialog.addEventListener("close", () => {
  dialogBody.replaceChildren();
  document.body.append(toasts);
});

document.body.addEventListener("leash-done", event => {
  closeDialog();
  toast(event.detail.message, "good");
});
document.body.addEventListener("leash-failed", event => toast(event.detail.message, "bad"));
document.body.addEventListener("htmx:sendError", () => toast("Leash cannot be reached. Nothing was changed.", "bad"));
document.body.addEventListener("htmx:responseError", event => {
  if (!event.detail.xhr.getResponseHeader("HX-Trigger")) {
    toast("That did not work. Load the page again and try once more.", "bad");
  }
});

/* A form may be sent once at a time. */
document.body.addEventListener("htmx:beforeRequest", event => busy(event.detail.elt, true));
document.body.addEventListener("htmx:afterRequest", event => busy(event.detail.elt, false));
/* A choice that was turned down is not left standing. */
document.body.addEventListener("htmx:afterRequest", event => {
  if (!event.detail.successful && event.detail.elt.matches("form.inline")) event.detail.elt.reset();
});
function busy(element, on) {
  if (element.tagName !== "FORM") return;
  element.setAttribute("aria-busy", String(on));
  element.querySelectorAll("button:not([type=button])").forEach(button => { button.disabled = on; });
}

document.body.addEventListener("htmx:afterSwap", event => {
  const target = event.detail.target;
  localizeTimes(target);
  if (target.classList.contains("field-error")) {
    markField(target);
  } else if (target === dialogBody) {
    showDialog();
  } else if (target.id === "header-rows") {
    target.lastElementChild.querySelector("input").focus();
  }
});

function showDialog() {
  if (!dialogBody.hasChildNodes()) return;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const first = dialogBody.querySelector("[aria-invalid=true]") || dialogBody.querySelector("[autofocus]")
      || dialogBody.querySelector("input:not([type=hidden]), select, button");
  if (first) first.focus();
}

function markField(message) {
  const field = document.getElementById(message.dataset.for);
  if (!field) return;
  if (message.textContent.trim()) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

document.addEventListener("click", event => {
  const element = event.target;
  document.querySelectorAll("details.menu[open]").forEach(menu => {
    if (!menu.contains(element) || element.closest(".menu-item")) menu.open = false;
  });
  if (element === dialog || element.closest("[data-close]")) closeDialog();
  const remove = element.closest("[data-remove]");
  if (remove) remove.closest(remove.dataset.remove).remove();
  const copy = element.closest("[data-copy]");
  if (copy) copyText(copy);
  const tab = element.closest("[role=tab]");
  if (tab) selectTab(tab);
});

document.addEventListener("keydown", event => {
  const menu = event.target.closest("details.menu[open]");
  if (menu && event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  }
  const tab = event.target.closest("[role=tab]");
  if (tab && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const tabs = [...tab.parentElement.children];
    const step = event.key === "ArrowRight" ? 1 : tabs.length - 1;
    const next = tabs[(tabs.indexOf(tab) + step) % tabs.length];
    selectTab(next);
    next.focus();
  }
});

/* A choice shows the fields that belong to it; those of another one are neither judged nor sent. */
document.addEventListener("change", event => {
  const shows = event.target.dataset.shows;
  if (!shows) return;
  event.target.form.querySelectorAll(`[data-choice="${event.target.name}"]`)
      .forEach(part => {
        part.hidden = part.id !== shows;
        part.querySelectorAll("input, select, textarea").forEach(field => { field.disabled = part.hidden; });
      });
});

function selectTab(tab) {
  for (const other of tab.parentElement.children) {
    const selected = other === tab;
    other.setAttribute("aria-selected", String(selected));
    other.tabIndex = selected ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !selected;
  }
}

async function copyText(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    const label = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  } catch {
    getSelection().selectAllChildren(source);
    toast("Selected. Press Ctrl+C or ⌘C to copy.", "good");
  }
}

/* What need not be there at once waits until the page is on the screen. */
function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work));
}

let relative;
let absolute;
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const RELATIVE_FOR_SECONDS = 7 * 86400;

function localizeTimes(root) {
  relative ??= new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  absolute ??= new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
  for (const time of root.querySelectorAll("time")) {
    const when = new Date(time.dateTime);
    const seconds = (when - Date.now()) / 1000;
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) || ["second", 1];
    time.title = absolute.format(when);
    time.textContent = Math.abs(seconds) > RELATIVE_FOR_SECONDS ? absolute.format(when)
        : unit === "second" ? "just now" : relative.format(Math.trunc(seconds / size), unit);
  }
}
afterPaint(() => localizeTimes(document));
setInterval(() => localizeTimes(document), 30000);
