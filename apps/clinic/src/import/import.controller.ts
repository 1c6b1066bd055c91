import { Controller, Get, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import {
  BringIn,
  CheckImport,
  DiscardImport,
  ImportsOfClinic,
  kinds,
  mostBytes,
  mostFiles,
  table,
  tables,
} from '#libs/imports';
import { Refusal, translate } from '#libs/platform';
import {
  emptyForm,
  flash,
  type FormState,
  IdPipe,
  Pages,
  pathTo,
  RateLimit,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { earlierLine, importModel, mistakesModel, pageSize } from './import.view.js';
import { receivedOf, ReceivesFiles } from './receives-files.js';

const megabytes = mostBytes / 1024 / 1024;

/** Bringing a clinic's data in: files are sent, checked by the worker, read through here, and brought in or dropped. */
@Controller(':language/import')
export class ImportController {
  constructor(
    private readonly pages: Pages,
    private readonly imports: ImportsOfClinic,
    private readonly check: CheckImport,
    private readonly bringIn: BringIn,
    private readonly discard: DiscardImport,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request, emptyForm());
  }

  /** An example table, ready for a spreadsheet. */
  @Get('templates/:file')
  template(@Param('file') file: string, @Req() request: WebRequest): string {
    const kind = kinds.find((each) => tables[each].file === file);
    if (!kind) throw new Refusal('not-found');
    request.res?.type('text/csv; charset=utf-8').attachment(tables[kind].file);
    return table(kind);
  }

  @Post()
  @RateLimit('import', { perMinute: 10 })
  @UseInterceptors(ReceivesFiles)
  async send(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    const received = receivedOf(request);
    if (received === null) return this.page(actor, request, withError(emptyForm(), 'files', 'required'));
    if (received === 'too-large') return this.page(actor, request, withError(emptyForm(), 'files', 'too-large'));
    await this.check.run({ actor, importId: received.importId });
    return seeOther(pathTo(request.language, `/import/${received.importId}`));
  }

  @Get(':id')
  async one(
    @Param('id', IdPipe) id: string,
    @Query('page') page: string | undefined,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const view = await this.imports.one(staff, id);
    if (view.state === 'receiving' || view.state === 'discarded') throw new Refusal('not-found');
    const number = /^[1-9]\d{0,3}$/.test(page ?? '') ? Number(page) : 1;
    const mistakes = await this.imports.mistakes(staff, id, { from: (number - 1) * pageSize, most: pageSize });
    const model = {
      ...importModel(view, request.language),
      ...mistakesModel(view, mistakes, number, request.language),
    };
    return this.pages.render('clinic/import-one', model, {
      request,
      title: model.title,
      styles: ['staff.css', 'import.css'],
    });
  }

  @Post(':id/bring-in')
  async bring(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.bringIn.run({ actor, importId: id });
    return seeOther(pathTo(request.language, `/import/${id}`));
  }

  @Post(':id/check')
  async again(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.check.run({ actor, importId: id });
    return seeOther(pathTo(request.language, `/import/${id}`));
  }

  @Post(':id/discard')
  async drop(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.discard.run({ actor, importId: id });
    flash(request, { kind: 'success', key: 'import.discarded' });
    return seeOther(pathTo(request.language, '/import'));
  }

  private async page(staff: StaffActor, request: WebRequest, form: FormState): Promise<string> {
    const { language } = request;
    const earlier = await this.imports.list(staff, staff.clinicId);
    const [mistake] = form.mistakes;
    const model = {
      files: mostFiles,
      megabytes,
      refused:
        mistake &&
        translate(language, mistake.error.code === 'too-large' ? 'import.errors.too-large' : 'common.errors.required', {
          megabytes,
        }),
      templates: kinds.map((kind) => ({
        href: pathTo(language, `/import/templates/${tables[kind].file}`),
        name: translate(language, `import.kinds.${kind}`),
        file: tables[kind].file,
      })),
      earlier: earlier.map((each) => earlierLine(each, language)),
    };
    return this.pages.render('clinic/import', model, {
      request,
      title: translate(language, 'import.title'),
      status: mistake ? 422 : 200,
      styles: ['staff.css', 'import.css'],
    });
  }
}
