// The keyboard: j and k walk the shots, space plays, a approves, r takes again, e edits, / writes, Esc stops that, ? tells.
(() => {
  const shots = document.getElementById("shots");
  if (!shots) return;

  const writing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const visible = () => [...shots.querySelectorAll(":scope > .shot")].filter((shot) => !shot.hidden);
  const here = () => document.activeElement?.closest?.(".shot") ?? null;

  const walk = (step) => {
    const list = visible();
    const at = list.indexOf(here());
    const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step))];
    if (!next) return;
    document.querySelector('.tabs [data-shows="board"]')?.click();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };

  const press = (selector) => (here()?.querySelector(selector) ?? (here() ? null : document.querySelector(selector)))?.click();

  const play = () => {
    const take = here()?.querySelector(".take.picked") ?? here()?.querySelector(".take");
    const video = take?.querySelector("video");
    if (video) window.clips.toggle(video);
    return Boolean(video);
  };

  const KEYS = {
    j: () => walk(1),
    k: () => walk(-1),
    a: () => press("[data-approve]"),
    r: () => here()?.querySelector("[data-again]")?.click(),
    e: () => here()?.querySelector("[data-edit]")?.click(),
    "/": () => document.getElementById("text").focus(),
    "?": () => document.querySelector('[data-panel="/help"]').click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.id === "text") event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (document.getElementById("panel").open) return;
    if (event.key === " " && !event.target.closest("button, summary, a") && play()) event.preventDefault();
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
