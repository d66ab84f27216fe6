// The filters: which shots are shown, decided here from what each article says of itself, so that no server is asked.
(() => {
  const form = document.getElementById("sieve");
  if (!form) return;
  const shots = document.getElementById("shots");
  const OMITTED = "omitted"; // taken out of the list: shown to whoever asks for it
  const SIGHTS = ["seen", "provoked", "unsure", "not-inspectable"];

  const holds = (shot, fault, term) => {
    const said = shot.getAttribute(`data-${fault}`);
    return said !== null && (!term || fault === "stale" || said.includes(`|${term}|`));
  };

  const fits = (shot, wish) =>
    (wish.status ? shot.dataset.status === wish.status : shot.dataset.status !== OMITTED) &&
    (!wish.model || shot.dataset.models.split("|").includes(wish.model)) &&
    (!wish.words || shot.dataset.words.includes(wish.words)) &&
    (wish.faults.length === 0 || wish.faults.some((fault) => holds(shot, fault, wish.term)));

  const wished = () => {
    const { words, status, fault, term, model } = Object.fromEntries(new FormData(form));
    const faults = fault ? [fault.replace(" ", "-")] : term ? SIGHTS : [];
    return { words: words.trim().toLowerCase(), status, term, model, faults };
  };

  // A model that came in since the page was made can be chosen as well.
  const offer = (select, values) => {
    const known = new Set([...select.options].map((option) => option.value));
    for (const value of values) if (value && !known.has(value)) select.add(new Option(value));
  };

  const counted = (wish, shown, all) => {
    if (wish.status === OMITTED) return `${shown} omitted`;
    if (shown < all) return `${shown} of ${all} shots`;
    return all === 1 ? "1 shot" : `${all} shots`;
  };

  const listed = () => shots.querySelectorAll(":scope > .shot");

  const sift = () => {
    offer(form.elements.model, new Set([...listed()].flatMap((shot) => shot.dataset.models.split("|"))));
    const wish = wished();
    let shown = 0;
    let all = 0;
    for (const shot of listed()) {
      const fit = fits(shot, wish);
      if (shot.hidden === fit) shot.hidden = !fit;
      shown += fit;
      all += shot.dataset.status !== OMITTED;
    }
    form.elements.count.value = counted(wish, shown, all);
    for (const field of form.elements) field.classList.toggle("on", field.value !== "" && field.type !== "output");
    document.getElementById("bare").hidden = all > 0;
  };

  form.addEventListener("input", sift);
  form.addEventListener("submit", (event) => event.preventDefault());
  new MutationObserver(sift).observe(shots, { childList: true });
  document.addEventListener("htmx:after:swap", sift);
  sift();
})();
