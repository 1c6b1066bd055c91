/** A reference or a secret as it is read out and copied: `6K2F 9QXM 4T7B 1ZRD`. */
export const inFours = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? text;
