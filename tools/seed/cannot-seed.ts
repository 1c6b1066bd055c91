/** A reason not to seed that whoever asked can act on: its sentence says all. */
export class CannotSeed extends Error {
  override readonly name = 'CannotSeed';
}
