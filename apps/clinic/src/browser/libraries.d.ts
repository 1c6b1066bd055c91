/** The parts of @event-calendar/build 5.10 that the day calendar uses; its package has no types. */
interface GridEvent {
  id: string;
  resourceIds: string[];
  start: Date;
  end: Date;
  title: string;
  extendedProps: Record<string, unknown>;
}

interface GridEventInput {
  id: string;
  resourceIds: string[];
  start: string;
  end: string;
  title?: string;
  display?: 'auto' | 'background';
  editable?: boolean;
  classNames?: string[];
  extendedProps?: Record<string, unknown>;
}

interface GridDrop {
  event: GridEvent;
  oldEvent: GridEvent;
  newResource?: { id: string };
  revert(): void;
}

interface Grid {
  setOption(name: string, value: unknown): Grid;
  destroy?(): void;
}

declare const EventCalendar: {
  create(target: Element, options: Record<string, unknown>): Grid;
  destroy(grid: Grid): void;
};

/** The part of htmx 4 that scripts call. */
declare const htmx: {
  ajax(
    verb: string,
    path: string,
    options: { target: string | Element; swap?: string; select?: string },
  ): Promise<void>;
};

/** The parts of Cropper.js 2.2 that cutting a picture uses; its elements register themselves. */
interface CropperImageElement extends HTMLElement {
  $ready(): Promise<HTMLImageElement>;
  $zoom(scale: number): CropperImageElement;
  $center(size?: 'contain' | 'cover'): CropperImageElement;
}

interface CropperSelectionElement extends HTMLElement {
  $change(x: number, y: number, width: number, height: number): CropperSelectionElement;
  $toCanvas(options: {
    width: number;
    height: number;
    beforeDraw?: (context: CanvasRenderingContext2D, canvas: HTMLCanvasElement) => void;
  }): Promise<HTMLCanvasElement>;
}
