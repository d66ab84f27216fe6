// The line to the server: says when it is lost, and lets no message in twice.
(() => {
  const line = document.getElementById("line");
  if (!line) return;
  const lost = document.getElementById("lost");
  let last = 0;

  // What was being written says so itself and keeps its words.
  const notice = document.getElementById("notice");
  const AWAY = "The server cannot be reached. Whether it heard that shows here once it is back.";
  document.addEventListener("htmx:error", (event) => {
    if (event.target.id !== "say" && event.target !== line) notice.textContent = AWAY;
  });

  line.addEventListener("htmx:sse:before:connection", (event) => {
    if (event.detail.connection.attempt > 0 && !document.hidden) lost.hidden = false;
  });
  line.addEventListener("htmx:sse:after:connection", () => {
    lost.hidden = true;
    if (notice.textContent === AWAY) notice.textContent = "";
  });
  line.addEventListener("htmx:sse:before:message", (event) => {
    const number = Number(event.detail.message.id);
    if (number && number <= last) event.preventDefault();
    last = Math.max(last, number || 0);
  });
})();
