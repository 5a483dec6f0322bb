// The years of an ecosystem, played on the drawing that the server made: play, pause, step. Finds [data-expansion]; each mark and tie
// says in data-first, data-last and data-over between which years it is known. Without it, each year is a link.

const PACE = 1600; // milliseconds a year

class Expansion {
  constructor(figure) {
    this.figure = figure;
    this.links = [...figure.querySelectorAll("[data-year]")];
    this.years = this.links.map((link) => Number(link.dataset.year));
    this.fades = Number(figure.dataset.fades);
    this.things = [...figure.querySelectorAll("svg :is(.mark, .ray)")];
    this.play = figure.querySelector("[data-play]");
    this.said = figure.querySelector("[data-said]");
    this.index = Math.max(0, this.links.findIndex((link) => link.hasAttribute("aria-current")));
    // Who asked for less motion steps by hand.
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.play.hidden = this.still.matches || this.years.length < 2;
    this.still.addEventListener("change", () => {
      this.pause();
      this.play.hidden = this.still.matches || this.years.length < 2;
    });
    figure.querySelector("[data-tools]").hidden = this.years.length < 2;
    for (const button of figure.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        this.pause();
        this.show(this.index + Number(button.dataset.step));
      });
    }
    this.play.addEventListener("click", () => (this.timer ? this.pause() : this.start()));
    this.links.forEach((link, index) =>
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.pause();
        this.show(index);
      }),
    );
  }

  start() {
    this.show(this.index + 1 < this.years.length ? this.index + 1 : 0);
    this.timer = setInterval(() => {
      if (this.index + 1 < this.years.length) this.show(this.index + 1);
      else this.pause();
    }, PACE);
    this.play.textContent = "Pause";
    this.play.setAttribute("aria-pressed", "true");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Lecture";
    this.play.setAttribute("aria-pressed", "false");
  }

  show(index) {
    this.index = Math.min(this.years.length - 1, Math.max(0, index));
    const year = this.years[this.index];
    for (const thing of this.things) {
      const { first, last, over } = thing.dataset;
      const isThere = first !== undefined && Number(first) <= year && (over === undefined || year <= Number(over));
      thing.classList.toggle("later", !isThere);
      thing.classList.toggle("faded", isThere && last !== undefined && year - Number(last) > this.fades);
    }
    this.links.forEach((link, other) => {
      link.classList.toggle("on", other === this.index);
      if (other === this.index) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    for (const told of this.figure.querySelectorAll("[data-told]")) {
      const isNow = Number(told.dataset.told) === year;
      told.classList.toggle("later", !isNow);
      if (isNow) this.said.textContent = told.textContent;
    }
    history.replaceState(null, "", this.links[this.index].href);
  }
}

for (const figure of document.querySelectorAll("[data-expansion]")) new Expansion(figure);
