// Maps of our own outlines, without tiles: <figure data-map data-outline data-around data-inside hidden> with a
// [data-map-canvas] and a [data-map-said] in it. Each attribute is the address of a GeoJSON layer. A shape is a link
// to its territory; the lists of the page offer the same to the keyboard. Leaflet is loaded before, as a plain script.
// Works on what htmx swaps in.

const SHAPES = { around: "territory-shape around", inside: "territory-shape inside", outline: "territory-shape here" };

async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

// Under the shape of the place itself: what is around and inside stays clickable.
function layer(kind, data) {
  return L.geoJSON(data, {
    style: { className: SHAPES[kind], weight: 1 },
    interactive: kind !== "outline",
    onEachFeature: (feature, shape) => {
      if (kind === "outline") return;
      const name = document.createElement("span");
      name.textContent = feature.properties.name;
      shape.bindTooltip(name, { sticky: true });
      shape.on("click", () => location.assign(feature.properties.url));
    },
  });
}

function createMap(canvas) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false, // the page scrolls, not the map
    dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    zoomSnap: 0.25,
  });
  L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
  return map;
}

// Metropolitan France when the whole country is shown: the overseas régions have their links in the list. Where only
// some régions are loaded, these.
const METROPOLE = [[41.3, -5.2], [51.1, 9.6]];

function frame(map, layers) {
  const main = layers.outline ?? layers.inside;
  const bounds = main?.getBounds();
  if (!bounds?.isValid()) return false;
  const isBeyond = !layers.outline && !L.latLngBounds(METROPOLE).contains(bounds);
  map.fitBounds(isBeyond ? METROPOLE : bounds, { animate: false, padding: [16, 16] });
  return true;
}

async function draw(figure) {
  if (figure.dataset.ready || !window.L) return;
  figure.dataset.ready = "yes";
  const kinds = Object.keys(SHAPES).filter((kind) => figure.dataset[kind]);
  try {
    const found = await Promise.all(kinds.map((kind) => load(figure.dataset[kind])));
    const missing = found.flatMap((data) => data.missing);
    if (!found.some((data) => data.features.length)) return;
    figure.hidden = false;
    const map = createMap(figure.querySelector("[data-map-canvas]"));
    const layers = Object.fromEntries(kinds.map((kind, index) => [kind, layer(kind, found[index])]));
    if (!frame(map, layers)) {
      figure.hidden = true;
      return;
    }
    for (const kind of kinds) layers[kind].addTo(map);
    const said = figure.querySelector("[data-map-said]");
    if (missing.length) said.textContent = `Sans contour connu : ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? "…" : ""}.`;
  } catch {
    figure.hidden = true; // the lists say the same
  }
}

function drawAll() {
  for (const figure of document.querySelectorAll("[data-map]")) draw(figure);
}

document.addEventListener("htmx:afterSettle", drawAll);
drawAll();
