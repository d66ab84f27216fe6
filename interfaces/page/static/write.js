// Writing: Enter says it, what was refused stays to be mended, and files are dropped or chosen.
(() => {
  const form = document.getElementById("say");
  if (!form) return;
  const talk = document.getElementById("talk");
  const text = document.getElementById("text");
  const key = document.getElementById("key");
  const log = document.getElementById("log");
  const notice = document.getElementById("notice");
  const files = document.getElementById("files");

  // The key names a message: one that has to be sent again after a lost connection is heard once.
  const renew = () => { key.value = crypto.randomUUID(); };
  renew();

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  form.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx?.response?.status !== 204) return;
    form.reset();
    renew();
    notice.textContent = "";
  });

  form.addEventListener("htmx:error", () => {
    notice.textContent = "The server cannot be reached. Nothing was sent; your words stay here.";
  });

  // The log stays at its end unless somebody has scrolled up to read.
  let atEnd = true;
  const toEnd = () => { if (atEnd) log.scrollTop = log.scrollHeight; };
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80; });
  new MutationObserver(() => {
    document.getElementById("nothing-said")?.remove();
    toEnd();
  }).observe(log, { childList: true });
  new ResizeObserver(toEnd).observe(log);
  log.addEventListener("load", toEnd, true);
  toEnd();

  // Files are shown first as what they were understood as; whoever agrees sends the same files again.
  let held = [];
  const panel = document.getElementById("panel");
  const shown = document.getElementById("panel-body");

  const send = (address, body) => {
    for (const file of held) body.append("files", file);
    return fetch(address, { method: "POST", body });
  };

  const sentence = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

  const bring = async (list) => {
    if (list.length === 0) return;
    held = list;
    const answer = await send(`${talk.dataset.talk}/files`, new FormData());
    const html = await answer.text();
    if (!answer.ok) {
      notice.textContent = sentence(html);
      return;
    }
    await htmx.swap({ text: html, target: shown, swap: "innerHTML", sourceElement: shown });
    if (!panel.open) panel.showModal();
  };

  document.addEventListener("submit", async (event) => {
    const agreed = event.target.closest("[data-keep]");
    if (!agreed) return;
    event.preventDefault();
    const answer = await send(agreed.dataset.keep, new FormData(agreed));
    if (answer.ok) panel.close();
    else agreed.querySelector("[data-refused]").textContent = sentence(await answer.text());
  });

  document.getElementById("attach").addEventListener("click", () => files.click());
  files.addEventListener("change", () => { bring([...files.files]); files.value = ""; });

  let depth = 0;
  const hover = (change) => { depth = Math.max(0, depth + change); talk.classList.toggle("dropping", depth > 0); };
  document.addEventListener("dragenter", (event) => { if (event.dataTransfer.types.includes("Files")) hover(1); });
  document.addEventListener("dragleave", () => hover(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    hover(0);
    bring([...event.dataTransfer.files]);
  });
})();
