// Clips: a clip and its poster are loaded when they come near, played by their button, and let go of far away.
(() => {
  const NEAR = "600px";
  const watched = new WeakSet();

  const screenOf = (video) => video.closest(".screen");

  const arrive = (video) => {
    if (!video.hasAttribute("poster")) video.poster = video.dataset.poster;
    if (!video.hasAttribute("src")) video.src = video.dataset.src;
  };

  const leave = (video) => {
    if (!video.paused || !video.hasAttribute("src") || video.readyState === 0) return;
    video.removeAttribute("src");
    video.load();
  };

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) (isIntersecting ? arrive : leave)(target);
  }, { rootMargin: NEAR });

  const watch = (video) => {
    if (watched.has(video)) return;
    watched.add(video);
    near.observe(video);
    for (const kind of ["play", "pause"]) video.addEventListener(kind, () => show(video));
  };

  const show = (video) => {
    const screen = screenOf(video);
    const button = screen?.querySelector(".play");
    screen?.classList.toggle("plays", !video.paused);
    if (button) button.ariaLabel = button.ariaLabel.replace(/^\w+/, video.paused ? "Play" : "Pause");
  };

  const toggle = (video) => {
    arrive(video);
    if (video.paused) video.play().catch(() => screenOf(video).classList.remove("plays"));
    else video.pause();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-plays]");
    if (button) toggle(document.getElementById(button.dataset.plays));
  });

  // Two takes as one: the first leads, the other follows it.
  const pair = () => [...document.querySelectorAll("#panel-body .pair video")];

  const together = (play) => {
    const [first, ...rest] = pair();
    for (const video of pair()) arrive(video);
    for (const video of rest) video.currentTime = first.currentTime;
    for (const video of pair()) play ? video.play().catch(() => {}) : video.pause();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-together]");
    if (!button) return;
    const play = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(play));
    button.textContent = play ? "Pause both" : "Play both";
    together(play);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-scrub]")) return;
    for (const video of pair()) {
      arrive(video);
      video.pause();
      if (video.duration) video.currentTime = video.duration * Number(event.target.value);
    }
  });

  const look = (root) => { for (const video of root.querySelectorAll("video[data-src]")) watch(video); };
  look(document);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) look(node.parentElement ?? node);
  }).observe(document.body, { childList: true, subtree: true });

  window.clips = { toggle };
})();
