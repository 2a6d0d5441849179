import fc from 'fast-check';

function item(min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min, max }).map(String) },
    fc.integer({ min: 1, max: max - min }).map((step) => `*/${step}`),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 7 }))
      .map(([from, step]) => `${from}/${step}`),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }), fc.constantFrom('', '/2', '/3'))
      .map(([a, b, step]) => `${Math.min(a, b)}-${Math.max(a, b)}${step}`),
  );
}

function field(min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('*') },
    { weight: 2, arbitrary: item(min, max) },
    fc.array(item(min, max), { minLength: 2, maxLength: 4 }).map((items) => items.join(',')),
  );
}

const weekday = fc.oneof(
  { weight: 4, arbitrary: field(0, 7) },
  fc.constantFrom('?', 'mon', 'SUN', 'mon-fri', 'tue,thu', '0-7', '6-7'),
  fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 5 })).map(([day, nth]) => `${day}#${nth}`),
  fc.nat(7).map((day) => `${day}L`),
);

const monthDay = fc.oneof(
  { weight: 4, arbitrary: field(1, 31) },
  fc.constantFrom('L', '?', 'L,15', '*/1'),
);

const month = fc.oneof(
  { weight: 4, arbitrary: field(1, 12) },
  fc.constantFrom('*', 'jan', 'may-aug', 'FEB,nov'),
);

/** Crontab texts of 6 fields, valid in form; that some name a day that no month has is part of it. */
export const crontabs: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.constantFrom('0', '0', '*/20'), field(0, 59)),
    fc.oneof(fc.constantFrom('0', '30', '*/15'), field(0, 59)),
    fc.oneof(fc.constantFrom('2', '1-3', '*/2'), field(0, 23)),
    monthDay,
    month,
    weekday,
  )
  .map((fields) => fields.join(' '));
