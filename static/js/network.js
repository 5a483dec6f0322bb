// A network too large for a drawing made on the server, on a canvas: move, zoom, find, show the neighbourhood of one, isolate a
// layer. Finds [data-network], whose data-url gives names, places and ties; the shapes of the marks are those of its legend. While it moves, the last picture is moved, and drawn
// again when it stops: as smooth with thousands of ties as with ten. The table of the page says the same to the keyboard.

const MARGIN = 0.5; // of the canvas, drawn around what is seen, so that a move uncovers nothing empty
const REST = 120; // milliseconds without a move before drawing again
const NAMED = 60; // names written at most

class Network {
  constructor(figure, data) {
    Object.assign(this, data, { figure, scale: 1, x: 0, y: 0, chosen: -1, shown: new Set(data.layers.keys()) });
    this.canvas = figure.querySelector("canvas");
    this.said = figure.querySelector("[data-said]");
    this.link = figure.querySelector("[data-focus]");
    this.picture = new OffscreenCanvas(1, 1);
    // Thousands of lines over one another must not hide the marks.
    this.haze = Math.min(0.45, Math.max(0.06, 500 / (data.ties.length || 1)));
    const drawn = [...figure.querySelectorAll("[data-look]")];
    this.shapes = drawn.map((path) => [path.dataset.look, new Path2D(path.getAttribute("d"))]);
    this.near = data.nodes.map(() => new Set());
    for (const [start, end] of data.ties) {
      this.near[start].add(end);
      this.near[end].add(start);
    }
    this.order = [...data.nodes.keys()].sort((a, b) => this.near[b].size - this.near[a].size);
    this.canvas.hidden = false;
    figure.querySelector("[data-tools]").hidden = false;
    this.said.textContent = `${data.nodes.length} acteurs, ${data.ties.length} liens`;
    this.listen();
    this.buildLayers();
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.resize();
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    this.ratio = Math.min(devicePixelRatio || 1, 2);
    this.canvas.width = clientWidth * this.ratio;
    this.canvas.height = clientHeight * this.ratio;
    this.picture.width = this.canvas.width * (1 + 2 * MARGIN);
    this.picture.height = this.canvas.height * (1 + 2 * MARGIN);
    this.draw();
  }

  // From the sheet (0 to 1) to pixels of the canvas.
  at([, , x, y]) {
    const pad = 24 * this.ratio;
    return [
      pad + (this.x + x * this.scale) * (this.canvas.width - 2 * pad),
      pad + (this.y + y * this.scale) * (this.canvas.height - 2 * pad),
    ];
  }

  colour(name) {
    return getComputedStyle(this.figure).getPropertyValue(`--night-${name}`).trim();
  }

  draw() {
    const pen = this.picture.getContext("2d");
    const left = this.canvas.width * MARGIN;
    const top = this.canvas.height * MARGIN;
    this.drawn = { scale: this.scale, x: this.x, y: this.y };
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.picture.width, this.picture.height);
    pen.translate(left, top);
    this.spots = this.nodes.map((node) => this.at(node));
    this.drawTies(pen);
    this.drawMarks(pen);
    // Its pixels, made once: copied from the canvas itself, thousands of lines would be drawn again at each frame.
    this.still?.close();
    this.still = this.picture.transferToImageBitmap();
    this.show();
  }

  isFar(index) {
    return this.chosen >= 0 && index !== this.chosen && !this.near[this.chosen].has(index);
  }

  drawTies(pen) {
    for (const bright of [false, true]) {
      pen.beginPath();
      for (const [start, end, layer] of this.ties) {
        if (!this.shown.has(layer) || bright !== (start === this.chosen || end === this.chosen)) continue;
        pen.moveTo(...this.spots[start]);
        pen.lineTo(...this.spots[end]);
      }
      pen.strokeStyle = this.colour(bright ? "sun" : "line");
      pen.globalAlpha = bright ? 1 : this.chosen >= 0 ? this.haze / 3 : this.haze;
      pen.lineWidth = (bright ? 2 : 1) * this.ratio;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  drawMarks(pen) {
    const size = Math.min(9, 2.5 + 1.5 * Math.sqrt(this.scale)) * this.ratio;
    pen.lineWidth = this.ratio;
    pen.strokeStyle = this.colour("ink");
    for (const [look, shape] of this.shapes) {
      const isHollow = look === "category";
      for (const far of [true, false]) {
        const marks = new Path2D();
        this.nodes.forEach(([, its], index) => {
          if (its !== look || this.isFar(index) !== far) return;
          const [x, y] = this.spots[index];
          const radius = size * (index === this.chosen ? 1.8 : 1);
          marks.addPath(shape, new DOMMatrix([radius, 0, 0, radius, x, y]));
        });
        pen.fillStyle = isHollow ? getComputedStyle(this.canvas).backgroundColor : this.colour(look);
        pen.globalAlpha = far ? 0.25 : 1;
        pen.fill(marks);
        if (isHollow) pen.stroke(marks);
      }
    }
    pen.globalAlpha = 1;
    this.writeNames(pen, 1.3 * size); // under the lowest of the shapes
  }

  // Those with most ties first; never one name over another.
  writeNames(pen, size) {
    const height = 15 * this.ratio;
    const taken = [];
    pen.font = `500 ${13 * this.ratio}px ${getComputedStyle(this.figure).fontFamily}`;
    pen.textAlign = "center";
    pen.fillStyle = this.colour("ink");
    pen.strokeStyle = getComputedStyle(this.canvas).backgroundColor;
    pen.lineWidth = 4 * this.ratio;
    pen.lineJoin = "round";
    const wanted = this.chosen < 0 ? this.order : [this.chosen, ...this.near[this.chosen]];
    for (const index of wanted) {
      if (taken.length >= NAMED) break;
      const [x, y] = this.spots[index];
      if (x < 0 || y < 0 || x > this.canvas.width || y > this.canvas.height) continue;
      const half = pen.measureText(this.nodes[index][0]).width / 2 + 4;
      const box = [x - half, y + size, x + half, y + size + height];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      pen.strokeText(this.nodes[index][0], x, y + size + height * 0.8);
      pen.fillText(this.nodes[index][0], x, y + size + height * 0.8);
    }
  }

  // Puts the last picture where it should be now.
  show() {
    const pen = this.canvas.getContext("2d");
    const pad = 24 * this.ratio;
    const grown = this.scale / this.drawn.scale;
    const move = (side, now, then) =>
      pad * (1 - grown) + (now - then * grown) * (side - 2 * pad) - side * MARGIN * grown;
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(
      this.still,
      move(this.canvas.width, this.x, this.drawn.x),
      move(this.canvas.height, this.y, this.drawn.y),
      this.picture.width * grown,
      this.picture.height * grown,
    );
  }

  moved() {
    clearTimeout(this.timer);
    // Not while a finger holds it: a new picture takes longer than a frame. Only what would uncover the edge is worth it.
    if (!this.held || this.isUncovered()) this.timer = setTimeout(() => this.draw(), this.held ? 0 : REST);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.show();
    });
  }

  isUncovered() {
    const { x, y } = this.drawn;
    return Math.max(Math.abs(this.x - x), Math.abs(this.y - y)) > MARGIN;
  }

  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.moved();
  }

  // Around a point of the canvas, from 0 to 1.
  zoom(factor, px = 0.5, py = 0.5) {
    const scale = Math.min(60, Math.max(0.5, this.scale * factor));
    this.x = px - ((px - this.x) * scale) / this.scale;
    this.y = py - ((py - this.y) * scale) / this.scale;
    this.scale = scale;
    this.moved();
  }

  reset() {
    Object.assign(this, { scale: 1, x: 0, y: 0 });
    this.choose(-1);
  }

  choose(index) {
    this.chosen = index;
    this.link.hidden = index < 0 || !this.nodes[index][4];
    if (index >= 0) {
      const [name, , , , slug] = this.nodes[index];
      const address = new URL(location.href);
      address.searchParams.set("autour", slug);
      this.link.href = address.href;
      this.said.textContent = `${name} : ${this.near[index].size} voisin${this.near[index].size > 1 ? "s" : ""}`;
    } else {
      this.said.textContent = `${this.nodes.length} acteurs, ${this.ties.length} liens`;
    }
    this.draw();
  }

  centre(index) {
    this.scale = Math.max(this.scale, 4);
    this.x = 0.5 - this.nodes[index][2] * this.scale;
    this.y = 0.5 - this.nodes[index][3] * this.scale;
    this.choose(index);
  }

  find(text) {
    const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const key = plain(text.trim());
    if (key.length < 2) return this.choose(-1);
    const found = this.order.find((index) => plain(this.nodes[index][0]).includes(key));
    if (found === undefined) this.said.textContent = "Personne de ce nom dans le dessin";
    else this.centre(found);
  }

  nearest(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const x = (event.clientX - left) * this.ratio;
    const y = (event.clientY - top) * this.ratio;
    let best = -1;
    let least = (14 * this.ratio) ** 2;
    this.spots.forEach(([px, py], index) => {
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  }

  buildLayers() {
    const list = this.figure.querySelector("[data-layers]");
    for (const layer of new Set(this.ties.map((tie) => tie[2]))) {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
      box.addEventListener("change", () => {
        this.shown[box.checked ? "add" : "delete"](layer);
        this.draw();
      });
      label.append(box, this.layers[layer]);
      list.append(label);
    }
  }

  listen() {
    const { canvas, figure } = this;
    const pointers = new Map();
    let travelled = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (!pointers.size) travelled = 0;
      pointers.set(event.pointerId, event);
      this.held = true;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const other = [...pointers.values()].find((pointer) => pointer.pointerId !== event.pointerId);
      if (other) this.pinch(before, event, other);
      else this.pan((event.clientX - before.clientX) / canvas.clientWidth, (event.clientY - before.clientY) / canvas.clientHeight);
      travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
      pointers.set(event.pointerId, event);
    });
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, (event) => {
        pointers.delete(event.pointerId);
        this.held = pointers.size > 0;
        if (travelled >= 5) this.moved();
        if (name === "pointerup" && travelled < 5) this.choose(this.nearest(event));
      });
    }
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top, width, height } = canvas.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 400), (event.clientX - left) / width, (event.clientY - top) / height);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
    figure.querySelector("[data-find]").addEventListener("input", (event) => this.find(event.target.value));
    for (const button of figure.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom)));
    }
    figure.querySelector("[data-reset]").addEventListener("click", () => this.reset());
  }

  pinch(before, after, other) {
    const apart = (pointer) => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY) || 1;
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    this.zoom(apart(after) / apart(before), (other.clientX - left) / width, (other.clientY - top) / height);
  }

  key(event) {
    const moves = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
    if (moves[event.key]) this.pan(...moves[event.key]);
    else if (event.key === "+") this.zoom(1.4);
    else if (event.key === "-") this.zoom(0.7);
    else if (event.key === "Escape") this.reset();
    else return;
    event.preventDefault();
  }
}

for (const figure of document.querySelectorAll("[data-network]")) {
  const answer = await fetch(figure.dataset.url);
  if (answer.ok) new Network(figure, await answer.json());
}
