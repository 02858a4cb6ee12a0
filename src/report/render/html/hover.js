"use strict";
(() => {
  const FAR = 40;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  document.querySelector("main").append(tip);

  const anyDrawing = document.querySelector("figure svg");
  if (!anyDrawing) return;
  const ring = document.createElementNS(anyDrawing.namespaceURI, "circle");
  ring.setAttribute("class", "ring");

  const hide = () => {
    tip.textContent = "";
    ring.remove();
  };

  function equip(svg, texts) {
    const numbers = svg.dataset.at.split(" ").map(Number);
    const points = texts.map((text, i) => ({ text, x: numbers[2 * i], y: numbers[2 * i + 1] }));
    // where no two stand at one place of the axis, a bar is meant wherever it is touched
    const alongAxis = new Set(points.map((point) => point.x)).size === points.length;
    let shown = -1;

    const show = (index) => {
      shown = Math.max(0, Math.min(points.length - 1, index));
      const { x, y, text } = points[shown];
      const { left, top, width } = svg.getBoundingClientRect();
      const { x: startX, y: startY, width: units } = svg.viewBox.baseVal;
      const scale = width / units;
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
      ring.setAttribute("r", 7 / scale);
      svg.append(ring);
      tip.textContent = text;
      const wanted = left + (x - startX) * scale - tip.offsetWidth / 2;
      const above = top + (y - startY) * scale - tip.offsetHeight - 14;
      tip.style.left = `${Math.max(4, Math.min(document.documentElement.clientWidth - tip.offsetWidth - 4, wanted))}px`;
      tip.style.top = `${4 > above ? above + tip.offsetHeight + 28 : above}px`;
    };

    const nearest = (event) => {
      const { left, top, width } = svg.getBoundingClientRect();
      const { x: startX, y: startY, width: units } = svg.viewBox.baseVal;
      const scale = width / units;
      const distance = ({ x, y }) => {
        const across = left + (x - startX) * scale - event.clientX;
        return alongAxis ? Math.abs(across) : Math.hypot(across, top + (y - startY) * scale - event.clientY);
      };
      const far = points.map(distance);
      const best = Math.min(...far);
      if (FAR > best) show(far.indexOf(best));
      else hide();
    };

    svg.addEventListener("pointermove", nearest);
    svg.addEventListener("pointerdown", nearest);
    svg.addEventListener("pointerleave", hide);
    svg.addEventListener("blur", hide);
    svg.addEventListener("focus", () => {
      if (svg.matches(":focus-visible")) show(points.length - 1);
    });
    svg.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: points.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        show(to);
      } else if (event.key === "Escape") hide();
    });
    svg.setAttribute("tabindex", "0");
  }

  for (const figure of document.querySelectorAll("figure[data-tips]")) {
    const texts = figure.dataset.tips.split("|");
    for (const svg of figure.querySelectorAll("svg[data-at]")) equip(svg, texts);
  }
  addEventListener("scroll", hide, { passive: true });
})();
