// A page of an original is drawn by a worker once somebody asks for it; until then the server has no picture.

const WAIT = 1500;
const MAX_TRIES = 20;

for (const picture of document.querySelectorAll(".page-picture img")) {
  const address = picture.getAttribute("src");
  let tries = 0;
  const again = () => {
    tries += 1;
    if (tries <= MAX_TRIES) setTimeout(() => (picture.src = `${address}?try=${tries}`), WAIT);
  };
  picture.addEventListener("error", again);
  if (picture.complete && !picture.naturalWidth && picture.currentSrc) again();
}
