// The panel, the tray for two takes, and the two tabs of a small screen.
(() => {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const body = document.getElementById("panel-body");
  let asker = null;

  const open = async (address, from) => {
    asker = from;
    from?.setAttribute("aria-busy", "true");
    await htmx.ajax("GET", address, { target: "#panel-body", swap: "innerHTML" });
    from?.removeAttribute("aria-busy");
    if (!panel.open && body.hasChildNodes()) panel.showModal();
    body.scrollTop = 0;
    body.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-panel]");
    if (button) open(button.dataset.panel, button);
    if (event.target.closest("[data-shut]") || event.target === panel) panel.close();
  });

  panel.addEventListener("close", () => {
    body.replaceChildren();
    const free = document.activeElement === null || document.activeElement === document.body;
    if (free && asker?.isConnected) asker.focus();
  });

  // Answers that end what the panel was opened for say so.
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx?.sourceElement?.closest("#panel") && ctx.response?.status === 204) panel.close();
  });

  // Two takes are chosen on the board, then looked at side by side.
  const tray = document.getElementById("tray");
  const chosen = new Map();

  const show = () => {
    tray.hidden = chosen.size === 0;
    document.getElementById("tray-told").textContent = `Compare ${[...chosen.values()].join(" with ")}${chosen.size < 2 ? " with …" : ""}`;
    document.getElementById("tray-compare").disabled = chosen.size < 2;
    for (const button of document.querySelectorAll("[data-compare]"))
      button.setAttribute("aria-pressed", String(chosen.has(button.dataset.compare)));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-compare]");
    if (!button) return;
    const id = button.dataset.compare;
    if (chosen.has(id)) chosen.delete(id);
    else chosen.set(id, button.dataset.named);
    if (chosen.size > 2) chosen.delete(chosen.keys().next().value);
    show();
  });

  document.getElementById("tray-clear").addEventListener("click", () => { chosen.clear(); show(); });
  document.getElementById("tray-compare").addEventListener("click", (event) => {
    const [left, right] = [...chosen.keys()];
    const talk = document.getElementById("talk").dataset.talk;
    open(`${talk}/compare?left=${left}&right=${right}`, event.target);
    chosen.clear();
    show();
  });

  const halves = document.getElementById("halves");
  const tabs = [...document.querySelectorAll(".tabs [data-shows]")];

  const turn = (which) => {
    halves.dataset.shows = which;
    for (const tab of tabs) tab.setAttribute("aria-selected", String(tab.dataset.shows === which));
  };

  for (const tab of tabs) tab.addEventListener("click", () => turn(tab.dataset.shows));
  document.addEventListener("click", (event) => {
    if (event.target.closest('.log a[href^="#"]')) turn("board");
  });

  window.panel = { open };
})();
