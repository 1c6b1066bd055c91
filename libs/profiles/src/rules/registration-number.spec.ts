import { describe, expect, it } from '@jest/globals';
import { isRegistrationNumber } from './registration-number.js';

describe('a registration number', () => {
  it.each(['40003052786', '50003000001', '90000069281'])('of Latvia is %s', (number) => {
    expect(isRegistrationNumber('LV', number)).toBe(true);
  });

  it.each(['', '4000305278', '400030527860', '32345678901', '010190-12345', '4000305278٦', ' 40003052786'])(
    'of Latvia is not %j',
    (number) => {
      expect(isRegistrationNumber('LV', number)).toBe(false);
    },
  );

  it.each(['10060701', '10137025', '70000562', '90001478'])('of Estonia is %s', (number) => {
    expect(isRegistrationNumber('EE', number)).toBe(true);
  });

  it('of Estonia has one check digit that fits', () => {
    const fitting = Array.from({ length: 10 }, (_, digit) => `1234567${digit}`).filter((number) =>
      isRegistrationNumber('EE', number),
    );
    expect(fitting).toHaveLength(1);
  });

  it.each(['', '1234567', '123456789', '20060701', '10060702', '1006070a'])('of Estonia is not %j', (number) => {
    expect(isRegistrationNumber('EE', number)).toBe(false);
  });
});
