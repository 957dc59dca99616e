// Boxes in a picture: left, top, width and height in whole per cent of it, never beyond its edges.
export const EDGES = ["left", "top", "width", "height"];
export const CORNERS = [[-1, -1], [1, -1], [-1, 1], [1, 1]].map(([across, down]) => ({ across, down }));

function between(least, value, most) {
  return Math.round(Math.max(least, Math.min(value, most)));
}

// Along one side: where it begins, and how long it is.
function shifted(start, length, by) {
  const fits = between(1, length, 100);
  return [between(0, start + by, 100 - fits), fits];
}

function stretched(start, length, side, by) {
  if (side > 0) return [start, between(1, length + by, 100 - start)];
  const end = Math.min(start + length, 100);
  const begins = between(0, start + by, end - 1);
  return [begins, end - begins];
}

function boxOf([left, width], [top, height]) {
  return { left, top, width, height };
}

export function moved(box, { across, down }) {
  return boxOf(shifted(box.left, box.width, across), shifted(box.top, box.height, down));
}

// The box when one of its corners goes somewhere else.
export function resized(box, corner, { across, down }) {
  return boxOf(
    stretched(box.left, box.width, corner.across, across),
    stretched(box.top, box.height, corner.down, down),
  );
}

// The box between the point where a finger came down and where it is now.
export function spanned(from, { across, down }) {
  const side = (start, by) => {
    const first = between(0, start, 100);
    const last = between(0, start + by, 100);
    return [Math.min(first, last), Math.abs(last - first)];
  };
  return boxOf(side(from.across, across), side(from.down, down));
}
