// Writing: Enter says it, and what was refused stays to be mended.
(() => {
  const form = document.getElementById("say");
  if (!form) return;
  const text = document.getElementById("text");
  const key = document.getElementById("key");
  const log = document.getElementById("log");
  const notice = document.getElementById("notice");

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
    notice.textContent = "The server cannot be reached. Your words stay here; sent again, they are heard once.";
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
})();
