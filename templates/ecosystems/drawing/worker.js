// Answers for the page of one collection where there is no network, with what static/js/drawing-offline.js kept.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.open("dessin:{{ collection.token }}");
    return (await kept.match(request, { ignoreVary: true })) ?? Response.error();
  }
}
