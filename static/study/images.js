// The images of the day's cards, kept on this device for the time without the server, when the
// service worker falls back on them (see sw.js).

import { imagesOf } from "./store.js";

const MOST_IMAGES = 60;
const MOST_BYTES = 15_000_000;
const MATCH = { ignoreVary: true };

/** Keep the images of these prompts, the first ones first, and let go of all others. */
export async function keepImages(user, prompts) {
  const cache = await imagesOf(user);
  const wanted = addressesOf(prompts).slice(0, MOST_IMAGES);
  const unwanted = (await cache.keys()).filter((each) => !wanted.includes(addressOf(each)));
  await Promise.all(unwanted.map((request) => cache.delete(request)));
  let bytes = 0;
  for (const url of wanted) {
    const kept = (await cache.match(url, MATCH)) ?? (await fetched(cache, url));
    bytes += kept ? (await kept.blob()).size : 0;
    if (bytes > MOST_BYTES) {
      await cache.delete(url, MATCH);
      return;
    }
  }
}

function addressesOf(prompts) {
  return [...new Set(prompts.flatMap(({ images }) => images ?? []).map(({ url }) => url))];
}

function addressOf(request) {
  return new URL(request.url).pathname;
}

/** The image, kept from now on; null where the server cannot be reached or there is no room. */
async function fetched(cache, url) {
  try {
    await cache.add(url);
  } catch {
    return null;
  }
  return cache.match(url, MATCH);
}
