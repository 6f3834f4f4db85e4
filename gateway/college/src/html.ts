/** A piece of HTML that is safe to send. */
export interface Html {
  readonly html: string;
}
type Piece = string | number | Html | null | readonly Html[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

const write = (piece: Piece): string => {
  if (piece === null) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return 'html' in piece ? piece.html : piece.map(write).join('');
};

/** HTML with everything escaped that is put into it, except HTML itself. */
export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: String.raw({ raw: parts }, ...pieces.map(write)),
});
