import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { Refusal } from '#libs/platform';
import { KeepPicture, largestPicture, RemovePicture, SetupOfClinic } from '#libs/profiles';
import {
  emptyForm,
  flash,
  type FormState,
  pathTo,
  RateLimit,
  type SeeOther,
  seeOther,
  TakesUpload,
  uploadOf,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { knownDoctor } from './known-doctor.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';
import { initialsOf, nameOf } from './wizard.view.js';

const TakesPicture = TakesUpload('picture', largestPicture);

/** Whose picture the page is about. */
interface Subject {
  practitionerId: string | null;
  name: string;
  initials: string;
  picture: string | null;
  /** The page of the card. */
  back: string;
  action: string;
}

/** Pictures of the clinic and of its practitioners: cut in the browser where scripts run, to the middle elsewhere. */
@Controller(':language/setup')
export class SendPictureController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly keep: KeepPicture,
    private readonly remove: RemovePicture,
  ) {}

  @Get('picture')
  async ofClinic(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(request, await this.subject(staff, request, null));
  }

  @Get('doctors/:id/picture')
  async ofDoctor(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(request, await this.subject(staff, request, id));
  }

  @Post('picture')
  @RateLimit('picture', { perMinute: 30 })
  @UseInterceptors(TakesPicture)
  send(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.take(staff, request, null);
  }

  @Post('doctors/:id/picture')
  @RateLimit('picture', { perMinute: 30 })
  @UseInterceptors(TakesPicture)
  sendDoctors(
    @Param('id') id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.take(staff, request, id);
  }

  @Post('picture/remove')
  takeAway(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.forget(staff, request, null);
  }

  @Post('doctors/:id/picture/remove')
  takeDoctorsAway(
    @Param('id') id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    return this.forget(staff, request, id);
  }

  private async take(actor: StaffActor, request: WebRequest, id: string | null): Promise<string | SeeOther> {
    const subject = await this.subject(actor, request, id);
    const upload = uploadOf(request);
    if (upload === 'too-large')
      return this.page(request, subject, withError(emptyForm(), 'picture', 'setup.picture.errors.too-large'));
    const bytes = upload?.bytes ?? Buffer.alloc(0);
    try {
      await this.keep.run({ actor, clinicId: actor.clinicId, practitionerId: subject.practitionerId, bytes });
    } catch (thrown) {
      return this.page(request, subject, refused(emptyForm(), thrown));
    }
    flash(request, { kind: 'success', key: 'setup.picture.kept' });
    return seeOther(subject.back);
  }

  private async forget(actor: StaffActor, request: WebRequest, id: string | null): Promise<SeeOther> {
    const { practitionerId, back } = await this.subject(actor, request, id);
    await this.remove.run({ actor, clinicId: actor.clinicId, practitionerId });
    flash(request, { kind: 'success', key: 'setup.picture.removed' });
    return seeOther(back);
  }

  private async subject(staff: StaffActor, { language }: WebRequest, id: string | null): Promise<Subject> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    if (id === null) {
      const { name, picture } = clinic;
      const [back, action] = [pathTo(language, '/setup/clinic'), pathTo(language, '/setup/picture')];
      return { practitionerId: null, name, initials: [...name][0] ?? '', picture, back, action };
    }
    const doctor = knownDoctor(clinic, id);
    if (!doctor.isKept) throw new Refusal('not-allowed');
    const back = pathTo(language, '/setup/doctors/', id);
    return {
      practitionerId: id,
      name: nameOf(language, doctor),
      initials: initialsOf(doctor),
      picture: doctor.picture,
      back,
      action: `${back}/picture`,
    };
  }

  private page(request: WebRequest, subject: Subject, form: FormState = emptyForm()): Promise<string> {
    return this.pages.render(
      'setup-picture',
      { ...subject, form },
      { request, title: 'setup.picture.title', form, scripts: ['cropper.js', 'crop-picture.js'] },
    );
  }
}
