/** How many words off the diagonal an alignment may go. */
const beam = 25;
const unreached = 2 ** 30;

/** What the cheapest way does last on its way to a cell; sacreBLEU takes the first of these that costs least. */
const step = { none: 0, pair: 1, output: 2, reference: 3 } as const;

/** Which word of the output stands where a word of the reference does, and which words of each are wrong. */
export interface Alignment {
  /** For each word of the reference the place in the output, −1 before its first word. */
  places: Int32Array;
  wrongInOutput: Uint8Array;
  wrongInReference: Uint8Array;
}

/**
 * The edit distances from outputs of one length to one reference, within a band around the diagonal, as sacreBLEU's TER takes
 * them. Outputs that are asked for one after the other and begin alike share the rows of the table that they have in common.
 */
export class EditTable {
  readonly #reference: Int32Array;
  /** The output whose distances the table holds. Words are numbers from 0. */
  readonly #output: Int32Array;
  readonly #width: number;
  readonly #costs: Int32Array;
  readonly #steps: Uint8Array;

  constructor(reference: Int32Array, outputLength: number) {
    this.#reference = reference;
    this.#output = new Int32Array(outputLength).fill(-1);
    this.#width = reference.length + 1;
    // Cells outside of the band keep this forever.
    this.#costs = new Int32Array((outputLength + 1) * this.#width).fill(unreached);
    this.#steps = new Uint8Array(this.#costs.length);
    for (let column = 0; column < this.#width; column++) {
      this.#costs[column] = column;
      this.#steps[column] = step.reference;
    }
  }

  /** How many words must be inserted, deleted or replaced. */
  distance(output: Int32Array): number {
    let row = 0;
    while (row < output.length && output[row] === this.#output[row]) row++;
    while (++row <= output.length) {
      this.#output[row - 1] = output[row - 1] as number;
      this.#fill(row);
    }
    return this.#costs[this.#costs.length - 1] as number;
  }

  #fill(row: number): void {
    const ratio = this.#reference.length / this.#output.length;
    const reach = beam < ratio / 2 ? Math.ceil(ratio / 2 + beam) : beam;
    const diagonal = Math.floor(row * ratio);
    const end = Math.min(this.#width, diagonal + reach);
    const word = this.#output[row - 1];
    for (let column = Math.max(0, diagonal - reach); column < end; column++) {
      const here = row * this.#width + column;
      const above = here - this.#width;
      let cost = (this.#costs[above] as number) + 1;
      let last: number = step.output;
      if (column > 0) {
        const paired = (this.#costs[above - 1] as number) + Number(word !== this.#reference[column - 1]);
        const before = (this.#costs[here - 1] as number) + 1;
        if (paired <= cost) {
          cost = paired;
          last = step.pair;
        }
        if (before < cost) {
          cost = before;
          last = step.reference;
        }
      }
      this.#costs[here] = cost;
      this.#steps[here] = last;
    }
  }

  /** How the output and the reference correspond. */
  alignment(output: Int32Array): Alignment {
    this.distance(output);
    const places = new Int32Array(this.#reference.length);
    const wrongInOutput = new Uint8Array(output.length);
    const wrongInReference = new Uint8Array(this.#reference.length);
    for (let row = output.length, column = this.#reference.length; row > 0 || column > 0; ) {
      const last = this.#steps[row * this.#width + column];
      if (last !== step.reference) row--;
      if (last !== step.output) column--;
      const wrong = Number(last !== step.pair || output[row] !== this.#reference[column]);
      if (last !== step.reference) wrongInOutput[row] = wrong;
      if (last === step.output) continue;
      wrongInReference[column] = wrong;
      places[column] = last === step.pair ? row : row - 1;
    }
    return { places, wrongInOutput, wrongInReference };
  }
}
