import type { Request } from 'express';

interface Layer {
  match(path: string): unknown;
  route?: { methods: Record<string, boolean> };
}

/** The methods that some route of the app has for this path: a 404 for the others is a 405 with them (S-2.18). */
export function allowedMethods(request: Request): string[] {
  const router: unknown = request.app.router;
  const { stack } = router as { stack: Layer[] };
  const found = new Set<string>();
  for (const layer of stack) {
    if (layer.route === undefined || !layer.match(request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) found.add(method.toUpperCase());
  }
  // Nest's handlers for all methods (`_ALL`) are middleware, not a resource.
  found.delete('_ALL');
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
}
