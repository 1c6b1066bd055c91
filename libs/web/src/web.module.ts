import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessModule } from '#libs/access';
import { CHROME, type ChromeSource } from './chrome.js';
import { ProblemsController } from './errors/problems.controller.js';
import { RefusalFilter } from './errors/refusal-filter.js';
import { validationPipe } from './forms/validation-pipe.js';
import { ChooseLanguageController } from './languages/choose-language.controller.js';
import { LanguageGuard } from './languages/language.guard.js';
import { RateLimitGuard } from './limits/rate-limit.guard.js';
import { RateLimits } from './limits/rate-limits.js';
import { Pages } from './pages.js';
import { templatesFolder } from './project-files.js';
import { SeeOtherInterceptor } from './see-other.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { Assets } from './views/assets.js';
import { Views } from './views/views.js';

export interface WebModuleOptions {
  /** What stands around every page; a class whose dependencies come from `imports`. */
  chrome?: Type<ChromeSource>;
  imports?: ModuleMetadata['imports'];
  /** Folders with more scripts and styles of the app, served like our own. */
  assets?: readonly string[];
}

/** Everything of this library that is injected. */
@Module({})
export class WebModule {
  static forApp(options: WebModuleOptions = {}): DynamicModule {
    return {
      module: WebModule,
      global: true,
      imports: [AccessModule, ...(options.imports ?? [])],
      controllers: [ChooseLanguageController, ProblemsController],
      providers: [
        { provide: Assets, useFactory: () => new Assets(options.assets) },
        { provide: Views, inject: [Assets], useFactory: (assets: Assets) => new Views(templatesFolder, assets) },
        ...(options.chrome ? [{ provide: CHROME, useClass: options.chrome }] : []),
        Pages,
        SessionCookie,
        RateLimits,
        { provide: APP_FILTER, useClass: RefusalFilter },
        { provide: APP_GUARD, useClass: LanguageGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_INTERCEPTOR, useClass: SeeOtherInterceptor },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
      exports: [Assets, Views, Pages, SessionCookie, RateLimits],
    };
  }
}
