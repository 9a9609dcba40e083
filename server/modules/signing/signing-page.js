// @ts-check
// The signing form works without this script, with a typed name. It adds drawing, and shows what is typed as a signature.

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
const find = (root, selector) => {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return /** @type {T} */ (found);
};

/** @typedef {{ points: { x: number, y: number, pressure: number }[] }} Stroke */

/**
 * Draws with whatever points: finger, pen or mouse. Strokes are kept as points between 0 and 1, so that turning the phone
 * loses nothing.
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} onChange
 */
function drawingOn(canvas, onChange) {
  /** @type {Stroke[]} */
  const strokes = [];
  /** @type {Map<number, Stroke>} */
  const running = new Map();
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

  /** @param {PointerEvent} event */
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
      // A mouse says 0.5 for a pressed button, a finger often 0 or 1: only a pen's pressure means something.
      pressure: event.pointerType === "pen" ? event.pressure : 0.5,
    };
  };

  const paint = () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = "#10224a";
    for (const { points } of strokes) {
      const places = points.map(({ x, y, pressure }) => ({
        x: x * canvas.width,
        y: y * canvas.height,
        width: (canvas.width / 1000) * (4 + 6 * pressure),
      }));
      const [first] = places;
      if (!first) continue;
      if (places.length === 1) {
        context.beginPath();
        context.arc(first.x, first.y, first.width / 2, 0, 2 * Math.PI);
        context.fill();
      }
      // From the middle of one step to the middle of the next, bent towards the point between them.
      let [from, before] = [first, first];
      for (const place of places.slice(1)) {
        const middle = { x: (before.x + place.x) / 2, y: (before.y + place.y) / 2, width: place.width };
        context.beginPath();
        context.lineWidth = place.width;
        context.moveTo(from.x, from.y);
        context.quadraticCurveTo(before.x, before.y, middle.x, middle.y);
        context.stroke();
        [from, before] = [middle, place];
      }
      context.beginPath();
      context.lineWidth = before.width;
      context.moveTo(from.x, from.y);
      context.lineTo(before.x, before.y);
      context.stroke();
    }
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const stroke = { points: [pointOf(event)] };
    strokes.push(stroke);
    running.set(event.pointerId, stroke);
    paint();
    onChange();
  });
  canvas.addEventListener("pointermove", (event) => {
    const stroke = running.get(event.pointerId);
    if (!stroke) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length > 0 ? steps : [event]) stroke.points.push(pointOf(step));
    paint();
  });
  /** @param {PointerEvent} event */
  const end = (event) => {
    if (running.delete(event.pointerId)) onChange();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);

  return {
    /** A dot is not a signature. */
    isDrawn: () => strokes.some(({ points }) => points.length > 2),
    clear: () => {
      strokes.length = 0;
      running.clear();
      paint();
      onChange();
    },
    toDataUrl: () => canvas.toDataURL("image/png"),
  };
}

/** @param {HTMLFormElement} form */
function enhance(form) {
  const kinds = /** @type {HTMLFieldSetElement} */ (find(form, "[data-kinds]"));
  const typed = /** @type {HTMLElement} */ (find(form, "[data-typed]"));
  const drawn = /** @type {HTMLElement} */ (find(form, "[data-drawn]"));
  const name = /** @type {HTMLInputElement} */ (find(form, "[name=signature]"));
  const drawing = /** @type {HTMLInputElement} */ (find(form, "[name=drawing]"));
  const consent = /** @type {HTMLInputElement} */ (find(form, "[name=consent]"));
  const preview = /** @type {HTMLElement} */ (find(form, "[data-preview]"));
  const canvas = /** @type {HTMLCanvasElement} */ (find(form, "[data-canvas]"));
  const hint = /** @type {HTMLElement} */ (find(form, "[data-hint]"));
  const status = /** @type {HTMLElement} */ (find(form, "[data-drawn-status]"));
  const clear = /** @type {HTMLButtonElement} */ (find(form, "[data-clear]"));
  const missing = /** @type {HTMLElement} */ (find(form, "[data-missing]"));
  const submit = /** @type {HTMLButtonElement} */ (find(form, "[data-submit]"));
  const pad = drawingOn(canvas, () => update());
  let isSending = false;

  const isDrawing = () => new FormData(form).get("kind") === "drawn";

  const update = () => {
    const draws = isDrawing();
    typed.hidden = draws;
    drawn.hidden = !draws;
    name.required = !draws;
    preview.textContent = name.value.trim();
    hint.hidden = pad.isDrawn();
    clear.disabled = !pad.isDrawn();
    status.textContent = pad.isDrawn() ? "Your signature is drawn." : "";
    const isSigned = draws ? pad.isDrawn() : name.value.trim() !== "";
    const lacking = [
      !isSigned && (draws ? "draw your signature" : "type your name"),
      !consent.checked && "tick the box",
    ];
    const words = lacking.filter((part) => part !== false).join(" and ");
    missing.textContent = words === "" ? "" : `First ${words}.`;
    submit.disabled = isSending || words !== "";
  };

  kinds.hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  clear.addEventListener("click", pad.clear);
  form.addEventListener("submit", (event) => {
    if (isSending) return event.preventDefault();
    drawing.value = isDrawing() ? pad.toDataUrl() : "";
    isSending = true;
    submit.textContent = "Signing…";
    // Disabled only after the form's own data is taken.
    setTimeout(update);
  });
  // Back from another page, the browser shows the form as it was left: it can be sent again.
  addEventListener("pageshow", () => {
    isSending = false;
    update();
  });
  update();
}

for (const form of document.querySelectorAll("form[data-signing]")) enhance(/** @type {HTMLFormElement} */ (form));

const bar = document.querySelector("[data-bar]");
const panel = document.querySelector("#sign");
if (bar && panel) {
  new IntersectionObserver(([entry]) => bar.toggleAttribute("hidden", entry?.isIntersecting === true)).observe(panel);
}

// Whoever sent a form that was not taken is shown why.
document.querySelector("[data-said]")?.scrollIntoView({ block: "center", behavior: "instant" });
