/**
 * What the scripts of the calendar share. They are linked in the order in which they need each other; what others may do
 * with the grid they do through events on `document`, declared here.
 */
type BlockJson = import('./day-json.js').BlockJson;
type ColumnJson = import('./day-json.js').ColumnJson;
type DayJson = import('./day-json.js').DayJson;
type MovedJson = import('./day-json.js').MovedJson;
type SessionJson = import('./day-json.js').SessionJson;
type VisitJson = import('./day-json.js').VisitJson;

/**
 * A place in the grid: what its column stands for, and what the branch's clock shows: 'YYYY-MM-DDTHH:MM', on the days
 * when clocks change with how far the zone is from UTC, '+03:00'.
 */
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
  /** Minutes on the axis as the grid's own dates, all on one day that no zone changes its clocks on, and back. */
  stampOf(at: number): string;
  atOf(date: Date): number;
  /** What the branch's clock shows there. */
  wallAt(day: DayJson, column: ColumnJson | undefined, at: number): string;
  /** 'HH:MM' of the axis. */
  clockAt(day: DayJson, at: number): string;
  /** What an event shows; the same nodes as before where nothing of it changed. */
  faceOf(day: DayJson, event: GridEvent): { domNodes: Node[] };
  /** What the grid draws of some columns of a day. */
  eventsOf(day: DayJson, columns: ReadonlySet<string>): GridEventInput[];
  /** What lies behind the events of a column: hours, closures, free gaps and where it is now. */
  backOf(column: string): { domNodes: Node[] };
  /** Draws it anew: at so many pixels for a minute. */
  drawBacks(day: DayJson, pixels: number): void;
  /** Lets arrow keys go through the grid; `bring` puts a column into it and into sight. */
  walk(place: HTMLElement, shown: () => DayJson | undefined, bring: (column: string) => Promise<void>): void;
  /** After events were drawn anew: one of them can be reached with Tab. */
  keepOneStop(place: HTMLElement): void;
  /** Reads the days now and whenever they change, but not while `isStill`. */
  keepReading(wish: { place: HTMLElement; isStill(): boolean; show(day: DayJson, isFirst: boolean): void }): {
    refresh(isForced?: boolean): Promise<void>;
  };
}

interface Window {
  dayParts: DayParts;
}

interface Grid {
  addEvent(event: GridEventInput): GridEvent;
  updateEvent(event: GridEventInput): GridEvent | null;
  removeEventById(id: string): Grid;
}

interface GridEvent {
  display: string;
}
