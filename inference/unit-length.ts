/** Scales a vector to unit length, in place; one of zeros stays. In loops: `reduce` and `map` of a typed array take some twenty times as long. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0)
    for (let unit = 0; unit < vector.length; unit++) vector[unit] = (vector[unit] ?? 0) / length;
  return vector;
}
