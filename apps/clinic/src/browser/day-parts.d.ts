/**
 * What the scripts of the calendar share. They are linked in the order in which they need each other; what others may do
 * with the grid they do through events on `document`, declared here.
 */
type DayJson = import('./day-json.js').DayJson;
type MovedJson = import('./day-json.js').MovedJson;
type OpeningJson = import('./day-json.js').OpeningJson;
type SessionJson = import('./day-json.js').SessionJson;
type VisitJson = import('./day-json.js').VisitJson;

/** A place in the grid: what its column stands for, and what the branch's clock shows ('YYYY-MM-DDTHH:MM'). */
interface GridPlace {
  resourceId: string;
  /** Where it stands, when that is another than the visit's branch. */
  branchId?: string;
  start: string;
  /** When the length was changed, too. */
  minutes?: number;
}

/** `grid-dropped`: a visit was dragged or resized; whoever asks the server calls `revert` when it is refused. */
interface GridDropped {
  visit: VisitJson;
  to: GridPlace;
  revert(): void;
}

/** A visit and where it is to stand; `revert` is called when it is refused. */
interface MoveWish {
  visit: StepToUndo;
  to: GridPlace;
  revert?(): void;
}

/** A step that staff can take back, as its version stands now. */
interface StepToUndo {
  id: string;
  version: number;
}

interface DocumentEventMap {
  /** Something was done at once, and for so many seconds it can be undone. */
  'step-taken': CustomEvent<{
    message: string;
    kind?: 'done' | 'refused';
    undo: readonly StepToUndo[];
    seconds: number;
  }>;
  'grid-dropped': CustomEvent<GridDropped>;
  /** An empty time was clicked or keyed. Whoever takes it calls `preventDefault`; else it leads to booking there. */
  'grid-pointed': CustomEvent<GridPlace & { column: string }>;
  /** A visit was pressed. Whoever takes the press, to select it, calls `preventDefault`; else its panel opens. */
  'grid-pressed': CustomEvent<{ visit: VisitJson; face: HTMLElement; shiftKey: boolean; ctrlKey: boolean }>;
  /** Asks the grid to stand still while a change is on its way (true), and to read the day again (false). */
  'grid-busy': CustomEvent<boolean>;
  /** The grid shows this day now; faces of visits wear `data-appointment`. */
  'grid-drawn': CustomEvent<{ day: DayJson; isFirst: boolean }>;
  'open-appointment': CustomEvent<{ id: string }>;
  'day-changed': CustomEvent<{ isFirst: boolean }>;
  /** Something on this calendar changed elsewhere. */
  'calendar-changed': CustomEvent<{ version?: string }>;
}

interface DayParts {
  /** Asks the server as the signed-in reader; signed out meanwhile, the page leads to the sign-in and back. */
  ask(address: string, init?: RequestInit): Promise<Response>;
  /** Says something beside the grid, over the page. */
  say(text: string, kind?: 'done' | 'refused' | 'plain'): void;
  /**
   * Asks to move visits one after the other and says what came of it.
   * @returns the ids of those that stand where they were wanted, and of those that somebody else changed meanwhile
   */
  moveVisits(moves: readonly MoveWish[]): Promise<{ done: string[]; stale: string[] }>;
  /** The visits that are selected, where something selects them, and how to select none. */
  chosen?(): string[];
  chooseNone?(): void;
  /** What the branch's clock shows: the grid's dates carry wall times in their local fields. */
  wallTime(date: Date): string;
  /** What a visit, a session or a taken time shows. */
  visitFace(visit: VisitJson): HTMLElement;
  sessionFace(session: SessionJson): HTMLElement;
  takenFace(time: string, label: string): HTMLElement;
  /** What the grid draws of a day. */
  eventsOf(day: DayJson): GridEventInput[];
}

interface Window {
  dayParts: DayParts;
}
