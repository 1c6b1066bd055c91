/** A stream of numbers that is the same for the same name: sfc32, seeded by a string hash (both public domain). */
export interface Random {
  /** A whole number from 0 to `below` − 1. */
  below(limit: number): number;
  /** True in that share of cases, 0 to 1. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One item, more often those of greater weight. */
  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item;
  /** A new order of the same items. */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** 32 bits. */
  bits(): number;
}

const hash = (text: string, salt: number): number => {
  let state = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
    state ^= state >>> 15;
  }
  return Math.imul(state ^ (state >>> 13), 0x5bd1e995) >>> 0;
};

export function randomOf(...name: readonly (string | number)[]): Random {
  const text = name.join('/');
  let a = hash(text, 0x9e3779b9);
  let b = hash(text, 0x243f6a88);
  let c = hash(text, 0xb7e15162);
  let d = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();

  const below = (limit: number): number => Math.floor((bits() / 2 ** 32) * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    bits,
    below,
    pick,
    chance: (share) => bits() / 2 ** 32 < share,
    weighted: (items) => {
      let rest = below(items.reduce((sum, item) => sum + item.weight, 0));
      for (const item of items) {
        rest -= item.weight;
        if (rest < 0) return item;
      }
      return pick(items);
    },
    shuffled: <Item>(items: readonly Item[]): Item[] => {
      const order = items.map((item) => ({ item, at: bits() }));
      return order.sort((one, other) => one.at - other.at).map(({ item }) => item);
    },
  };
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex16 = (number: number): string => `${bytes[(number >>> 8) & 0xff]}${bytes[number & 0xff]}`;
const hex32 = (number: number): string => hex16(number >>> 16) + hex16(number);
/** The two bits of RFC 9562's variant before fourteen others. */
const variant = (number: number): number => 0x8000 | (number & 0x3fff);

/** Ids that ascend as they are made, as UUID version 7, and are the same for the same name. */
export function idsOf(name: string, startMs: number): () => string {
  const random = randomOf('ids', name);
  let made = 0;
  return () => {
    // Four thousand ids to the millisecond: two million ids lie within ten minutes.
    const ms = startMs + Math.floor(made / 4096);
    const id = `${hex32(Math.floor(ms / 65536))}-${hex16(ms % 65536)}-${hex16(0x7000 | (made % 4096))}-${hex16(
      variant(random.bits()),
    )}-${hex16(random.bits())}${hex32(random.bits())}`;
    made++;
    return id;
  };
}

/** A random UUID, version 4. */
export function uuidOf(random: Random): string {
  const [one, two, three, four] = [random.bits(), random.bits(), random.bits(), random.bits()];
  return `${hex32(one)}-${hex16(two)}-${hex16(0x4000 | ((two >>> 16) & 0xfff))}-${hex16(variant(three >>> 16))}-${hex16(
    three,
  )}${hex32(four)}`;
}
