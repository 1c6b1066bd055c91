// The table that the bench prints, and in words which line misses.
import { median } from './measure.mjs';

const round = (number) => (number >= 100 ? Math.round(number) : Number(number.toPrecision(3)));
const spread = (numbers) => `${round(median(numbers))} (${round(Math.min(...numbers))}–${round(Math.max(...numbers))})`;

export class Report {
  #lines = [];
  #notes = [];
  #ours = new Map();

  /** Ours against bare: at least so many times its rate. */
  ratio(what, target, { ours, bare, ratio }) {
    this.#ours.set(what, median(ours));
    this.#add({
      what,
      ours: `${spread(ours)}/s`,
      bare: `${spread(bare)}/s`,
      got: `${ratio.toFixed(2)} ×`,
      target: `≥ ${target} ×`,
      met: ratio >= target,
      bar: ratio / target,
    });
  }

  /** A figure that may not be larger. */
  limit(what, value, target, unit) {
    this.#add({
      what,
      ours: `${round(value)} ${unit}`,
      bare: '',
      got: '',
      target: `≤ ${target} ${unit}`,
      met: value <= target,
      bar: target / value,
    });
  }

  count(what, value, target) {
    this.#add({
      what,
      ours: `${value}`,
      bare: '',
      got: '',
      target: `${target}`,
      met: value === target,
      bar: value / target,
    });
  }

  /** How much slower the large database is than the small one. */
  growth(what, measured) {
    const [large, small] = [this.#ours.get(`${measured}, large`), this.#ours.get(`${measured}, small`)];
    if (large && small) this.limit(what, small / large, 1.3, '×');
  }

  note(text) {
    this.#notes.push(text);
    console.log(text);
  }

  #add(line) {
    this.#lines.push(line);
    console.log(`${line.what}: ${line.ours} ${line.bare && `bare ${line.bare}`} ${line.got}`);
  }

  print(cores) {
    const columns = ['what', 'ours', 'bare', 'got', 'target'];
    const names = { what: 'Work', ours: 'Ours', bare: 'Bare', got: 'Ratio', target: 'Target' };
    const widths = columns.map((column) =>
      Math.max(names[column].length, ...this.#lines.map((line) => line[column].length)),
    );
    const row = (line) => columns.map((column, index) => line[column].padEnd(widths[index])).join('  ');
    console.log(`\nMedians (least–most) on ${cores} cores, Node ${process.version}\n`);
    console.log(row(names));
    for (const line of this.#lines) {
      const bar = '█'.repeat(Math.max(1, Math.min(20, Math.round(line.bar * 10))));
      console.log(`${row(line)}  ${line.met ? ' ' : '!'} ${bar}`);
    }
    for (const text of this.#notes) console.log(text);
    const missed = this.#lines.filter((line) => !line.met);
    console.log(
      missed.length === 0
        ? '\nEvery target is met.'
        : `\nMissed: ${missed.map((line) => `${line.what} (${line.got || line.ours}, target ${line.target})`).join('; ')}.`,
    );
  }
}
