/** What a gateway's request may be filled with; the settings' placeholders name these and nothing else. */
export interface Fillings {
  to: string;
  from: string;
  text: string;
  id: string;
  receiptUrl: string;
  answerUrl: string;
  user: string;
  password: string;
}

/**
 * A tree of texts with its placeholders filled, each once: what is filled in is never read as a placeholder itself. What is
 * nothing but an empty filling is left out, such as the sender where the gateway has its own.
 */
export function fillFields(template: unknown, fillings: Fillings): unknown {
  if (typeof template === 'string') {
    const filled = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(fillings, name) ? fillings[name as keyof Fillings] : whole,
    );
    return filled === '' ? undefined : filled;
  }
  if (Array.isArray(template)) return template.map((each) => fillFields(each, fillings));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template)
      .map(([name, value]) => [name, fillFields(value, fillings)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** The same as a flat list, for a form or an address; what is no text or number has no place there. */
export function filledList(template: Record<string, unknown>, fillings: Fillings): URLSearchParams {
  const list = new URLSearchParams();
  for (const [name, value] of Object.entries(fillFields(template, fillings) as Record<string, unknown>)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) list.append(name, String(value));
  }
  return list;
}
