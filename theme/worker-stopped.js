// Takes the place of the worker where content/site.yaml says "saving: stopped". Every browser that had saved something finds it at its next visit:
// it removes all copies and itself, and pages come from the network again.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  const ours = `saved ${new URL(self.registration.scope).pathname} `; // copy.js
  const line = self.BroadcastChannel && new BroadcastChannel(ours);
  line?.postMessage("stop");
  const removing = async () => {
    for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
  };
  await removing();
  await self.registration.unregister();
  await navigator.locks?.request(ours, removing); // once more, when whoever was saving has stopped
  line?.postMessage("removed");
}
