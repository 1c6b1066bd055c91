const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** A piece of HTML; what is put into it is escaped unless it is a piece itself. */
export class Html {
  constructor(readonly text: string) {}
}
type Piece = string | Html | readonly Html[] | null;

/** Writes HTML; every text put into it is escaped. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  const render = (piece: Piece): string => {
    if (piece === null) return '';
    if (piece instanceof Html) return piece.text;
    return typeof piece === 'string' ? escape(piece) : piece.map((each) => each.text).join('');
  };
  return new Html(strings.reduce((page, part, index) => page + render(pieces[index - 1] ?? null) + part));
}
