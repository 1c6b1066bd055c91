import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Language } from '#libs/platform';
import type { Chrome, ChromeLink } from '../chrome.js';
import type { ShownFlash } from '../flash.js';
import type { Assets } from './assets.js';
import { createHelpers } from './helpers.js';

/** What every template may read as `@root.page`. */
export interface PageFrame {
  language: Language;
  app: 'booking' | 'clinic';
  title: string;
  description?: string;
  /** The address without host, with its search. */
  path: string;
  requestId: string;
  chrome?: Chrome;
  links?: (ChromeLink & { href: string; isCurrent: boolean })[];
  flash?: ShownFlash;
  /** Absolute address of this page; absent on pages that nobody may index. */
  canonical?: string;
  languages: { code: Language; name: string; path: string; address: string; isCurrent: boolean }[];
  /** Scripts and styles of this page only, by asset name. */
  scripts?: string[];
  styles?: string[];
  /** Wide pages (calendars) use the whole window. */
  isWide?: boolean;
  socialImage?: string;
}

/** Folders below templates/ that are pages; letters have their own renderer. */
const pageFolders = ['layouts', 'web', 'booking', 'clinic', 'print'];

const templatesIn = (folder: string, below: string): string[] => {
  try {
    return readdirSync(join(folder, below), { recursive: true })
      .map((file) => join(below, String(file)).replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.hbs'));
  } catch {
    // An app's folder that does not exist yet holds no pages.
    return [];
  }
};

const options = (helpers: Record<string, unknown>): CompileOptions => ({
  knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
  knownHelpersOnly: true,
  // A partial sees its own parameters only: a surrounding `name` or `error` cannot slip into a field.
  explicitPartialContext: true,
  preventIndent: true,
});

/**
 * Pages from Handlebars templates, read once and compiled at their first use. Everything is escaped; only a layout's
 * body and the helpers' own markup (icons, structured data) are not.
 */
export class Views {
  private readonly pages = new Map<string, HandlebarsTemplateDelegate>();
  private readonly sources = new Map<string, string>();
  private readonly engine = Handlebars.create();
  private readonly compileOptions: CompileOptions;

  constructor(folder: string, assets: Assets) {
    const helpers = createHelpers(assets);
    this.compileOptions = options(helpers);
    this.engine.registerHelper(helpers);
    for (const file of templatesIn(folder, 'partials')) {
      this.engine.registerPartial(file.slice('partials/'.length, -'.hbs'.length), this.read(folder, file));
    }
    for (const file of pageFolders.flatMap((each) => templatesIn(folder, each))) {
      const name = file.slice(0, -'.hbs'.length);
      const template = this.read(folder, file);
      this.pages.set(name, template);
      // booking/partials/x.hbs is a partial `booking/x` of that app.
      const own = /^(\w+)\/partials\/(.+)$/.exec(name);
      if (own) this.engine.registerPartial(`${own[1]}/${own[2]}`, template);
    }
  }

  private read(folder: string, file: string): HandlebarsTemplateDelegate {
    const source = readFileSync(join(folder, file), 'utf8');
    this.sources.set(file, source);
    return this.engine.compile(source, this.compileOptions);
  }

  /** Compiles every template now. @throws Error that names the first broken file */
  check(): void {
    for (const [file, source] of this.sources) {
      try {
        this.engine.precompile(source, this.compileOptions);
      } catch (error) {
        throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  }

  /** The page inside its app's layout, or alone with `layout: false`. @throws Error when there is no such template */
  render(name: string, model: object, page: PageFrame, layout: string | false = `layouts/${page.app}`): string {
    const body = this.template(name)({ ...model, page });
    return layout === false ? body : this.template(layout)({ page, body });
  }

  private template(name: string): HandlebarsTemplateDelegate {
    const template = this.pages.get(name);
    if (template === undefined) throw new Error(`no template ${name}`);
    return template;
  }
}
