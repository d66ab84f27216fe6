// The line to the server: says when it is lost, and lets no message in twice.
(() => {
  const line = document.getElementById("line");
  if (!line) return;
  const lost = document.getElementById("lost");
  let last = 0;

  // What was being written says so itself and keeps its words.
  document.addEventListener("htmx:error", (event) => {
    if (event.target.id !== "say" && event.target !== line)
      document.getElementById("notice").textContent = "The server cannot be reached. Nothing was done; try again once it is back.";
  });

  line.addEventListener("htmx:sse:before:connection", (event) => {
    if (event.detail.connection.attempt > 0 && !document.hidden) lost.hidden = false;
  });
  line.addEventListener("htmx:sse:after:connection", () => { lost.hidden = true; });
  line.addEventListener("htmx:sse:before:message", (event) => {
    const number = Number(event.detail.message.id);
    if (number && number <= last) event.preventDefault();
    last = Math.max(last, number || 0);
  });
})();
