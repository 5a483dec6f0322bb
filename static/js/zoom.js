// Comes nearer to a drawing made on the server: buttons, Ctrl and wheel, two fingers; once near, it is dragged. Finds
// [data-zoomable], which holds an svg and [data-zoom-tools]. Names too small for a telephone appear when one is near enough.
// The drawing's lists say the same to the keyboard; without this script the whole drawing shows.

const MOST = 8;
const NAMED = 1.8; // from this scale on, names can be read on a telephone

class Drawing {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    const { width, height } = this.svg.viewBox.baseVal;
    Object.assign(this, { width, height, scale: 1, x: 0, y: 0, pointers: new Map(), travelled: 0 });
    const tools = figure.querySelector("[data-zoom-tools]");
    tools.hidden = false;
    for (const button of tools.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom)));
    }
    this.whole = tools.querySelector("[data-whole]");
    this.whole.addEventListener("click", () => this.zoom(0));
    this.listen();
    this.show();
  }

  // Around a point of what is seen, from 0 to 1.
  zoom(factor, px = 0.5, py = 0.5) {
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    this.x += this.width * px * (1 / this.scale - 1 / scale);
    this.y += this.height * py * (1 / this.scale - 1 / scale);
    this.scale = scale;
    this.moved();
  }

  pan(dx, dy) {
    this.x -= (dx * this.width) / this.scale;
    this.y -= (dy * this.height) / this.scale;
    this.moved();
  }

  moved() {
    this.x = Math.min(this.width * (1 - 1 / this.scale), Math.max(0, this.x));
    this.y = Math.min(this.height * (1 - 1 / this.scale), Math.max(0, this.y));
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.show();
    });
  }

  show() {
    const { scale, width, height } = this;
    this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${width / scale} ${height / scale}`);
    this.figure.classList.toggle("zoomed", scale > 1);
    this.figure.classList.toggle("near", scale >= NAMED);
    this.whole.disabled = scale === 1;
  }

  // Where on the drawing, from 0 to 1.
  spot({ clientX, clientY }) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  listen() {
    const { svg, pointers } = this;
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return; // the wheel alone goes down the page
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 200), ...this.spot(event));
    }, { passive: false });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => {
      if (!pointers.size) this.travelled = 0;
      pointers.set(event.pointerId, event);
    });
    addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, (event) => pointers.delete(event.pointerId));
    // Who dragged did not mean the link under the mouse.
    svg.addEventListener("click", (event) => this.travelled > 5 && event.preventDefault(), true);
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const [x, y] = this.spot(event);
    const [oldX, oldY] = this.spot(before);
    const other = [...this.pointers.values()].find((pointer) => pointer.pointerId !== event.pointerId);
    if (other) {
      const apart = (pointer) => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY) || 1;
      this.zoom(apart(event) / apart(before), ...this.spot(other));
    } else if (this.scale > 1) this.pan(x - oldX, y - oldY);
    this.travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    this.pointers.set(event.pointerId, event);
  }
}

for (const figure of document.querySelectorAll("[data-zoomable]")) new Drawing(figure);
