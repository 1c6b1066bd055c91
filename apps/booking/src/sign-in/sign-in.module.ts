import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { IdentitySignInController } from './identity-sign-in.controller.js';
import { SignInWithIdentity } from './sign-in-with-identity.js';

@Module({ imports: [AccessModule], controllers: [IdentitySignInController], providers: [SignInWithIdentity] })
export class SignInModule {}
