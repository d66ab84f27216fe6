// Files, dropped anywhere on the page or chosen: shown first as what they were understood as; whoever agrees sends the
// same files again.
(() => {
  const talk = document.getElementById("talk");
  if (!talk) return;
  const notice = document.getElementById("notice");
  const files = document.getElementById("files");
  const panel = document.getElementById("panel");
  const shown = document.getElementById("panel-body");
  const AWAY = "The server cannot be reached. Whether it took them in shows here once it is back.";
  let held = [];

  const sentence = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

  // What came back, or why nothing did.
  const send = async (address, body) => {
    for (const file of held) body.append("files", file);
    try {
      const answer = await fetch(address, { method: "POST", body });
      const text = await answer.text();
      return answer.ok ? { text } : { refused: sentence(text) };
    } catch {
      return { refused: AWAY };
    }
  };

  const bring = async (list) => {
    if (list.length === 0) return;
    held = list;
    notice.textContent = `Reading ${list.length === 1 ? list[0].name : `${list.length} files`} …`;
    const { text, refused } = await send(`${talk.dataset.talk}/files`, new FormData());
    notice.textContent = refused ?? "";
    if (refused) return;
    await htmx.swap({ text, target: shown, swap: "innerHTML", sourceElement: shown });
    if (!panel.open) panel.showModal();
    shown.focus({ preventScroll: true });
  };

  document.addEventListener("submit", async (event) => {
    const agreed = event.target.closest("[data-keep]");
    if (!agreed) return;
    event.preventDefault();
    const { refused } = await send(agreed.dataset.keep, new FormData(agreed));
    if (refused) agreed.querySelector("[data-refused]").textContent = refused;
    else panel.close();
  });

  document.getElementById("attach").addEventListener("click", () => files.click());
  files.addEventListener("change", () => { bring([...files.files]); files.value = ""; });

  // Text that is dragged about stays the browser's own business.
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const hover = (change) => {
    depth = Math.max(0, depth + change);
    document.body.classList.toggle("dropping", depth > 0);
  };
  document.addEventListener("dragenter", (event) => { if (carriesFiles(event)) hover(1); });
  document.addEventListener("dragleave", (event) => { if (carriesFiles(event)) hover(-1); });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    hover(-depth);
    bring([...event.dataTransfer.files]);
  });
})();
