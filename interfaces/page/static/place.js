// Gives htmx the swap style "place": what is there under its id is morphed, so that a playing clip goes on; what is not
// there yet is put where its data-order says. The same message twice therefore changes nothing.
(() => {
  let htmxParts;

  const order = (element) => Number(element.dataset.order ?? Infinity);

  const morph = (known, fresh) => {
    const fragment = document.createDocumentFragment();
    fragment.append(fresh);
    htmxParts.morph(known, fragment, false);
    return document.getElementById(fresh.id) ?? known;
  };

  const insert = (target, fresh) => {
    const later = [...target.children].find((each) => each.dataset.order && order(each) > order(fresh));
    target.insertBefore(fresh, later ?? null);
    return fresh;
  };

  htmx.registerExtension("place", {
    init: (parts) => { htmxParts = parts; },
    handle_swap: (style, target, fragment) => {
      if (style !== "place") return false;
      return [...fragment.children].map((fresh) => {
        const known = fresh.id && document.getElementById(fresh.id);
        return known ? morph(known, fresh) : insert(target, fresh);
      });
    },
  });
})();
