/**
 * Cuts a picture before it is sent: only what was chosen leaves this machine, already small and without the camera's
 * data. Where this cannot run the whole file is sent, and the server cuts it to its middle.
 */
{
  const form = document.querySelector<HTMLFormElement>('form[data-crop]');
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
  const panel = form?.querySelector<HTMLElement>('[data-crop-panel]');
  const frame = form?.querySelector<HTMLElement>('[data-crop-frame]');
  /** Four times what pages show. */
  const size = { width: 1040, height: 1144 };
  /** Longer files are for the server to refuse: reading them would only freeze the page. */
  const longest = 60 * 1024 * 1024;

  const handles = ['n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw']
    .map((side) => `<cropper-handle action="${side}-resize"></cropper-handle>`)
    .join('');
  const markup = `
    <cropper-canvas background>
      <cropper-image translatable scalable initial-center-size="contain"></cropper-image>
      <cropper-shade hidden></cropper-shade>
      <cropper-handle action="move" plain></cropper-handle>
      <cropper-selection aspect-ratio="${260 / 286}" movable resizable keyboard tabindex="0">
        <cropper-grid role="presentation" covered></cropper-grid>
        <cropper-handle action="move" theme-color="rgba(255, 255, 255, 0.2)"></cropper-handle>
        ${handles}
      </cropper-selection>
    </cropper-canvas>`;

  /** Data addresses are pictures to the page's policy; object addresses are not. */
  const addressOf = (file: File): Promise<string> =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
      reader.addEventListener('error', () => reject(new Error('the file cannot be read')));
      reader.readAsDataURL(file);
    });

  const fold = (): void => {
    if (panel) panel.hidden = true;
    frame?.replaceChildren();
  };

  /** Where the picture lies on the canvas. */
  const placeOf = (image: Element): { x: number; y: number; width: number; height: number } => {
    const canvas = image.closest('cropper-canvas')?.getBoundingClientRect();
    const { left, top, width, height } = image.getBoundingClientRect();
    return { x: left - (canvas?.left ?? 0), y: top - (canvas?.top ?? 0), width, height };
  };

  /** The frame begins as large as the picture lets it, in its middle, and does not leave the picture. */
  const keepInside = (image: Element, selection: CropperSelectionElement): void => {
    const place = placeOf(image);
    const width = Math.min(place.width, (place.height * size.width) / size.height);
    const height = (width * size.height) / size.width;
    selection.$change(place.x + (place.width - width) / 2, place.y + (place.height - height) / 2, width, height);
    selection.addEventListener('change', (event) => {
      const wanted = (event as CustomEvent<{ x: number; y: number; width: number; height: number }>).detail;
      const within = placeOf(image);
      const isInside =
        wanted.x >= within.x - 1 &&
        wanted.y >= within.y - 1 &&
        wanted.x + wanted.width <= within.x + within.width + 1 &&
        wanted.y + wanted.height <= within.y + within.height + 1;
      if (!isInside) event.preventDefault();
    });
  };

  const show = async (file: File): Promise<void> => {
    if (!frame || !panel) return;
    const address = await addressOf(file);
    // Seen first: the frame is measured when it is made.
    panel.hidden = false;
    frame.innerHTML = markup;
    const image = frame.querySelector<CropperImageElement>('cropper-image');
    image?.setAttribute('src', address);
    // What the browser cannot show is the server's to judge.
    await image?.$ready();
    const selection = frame.querySelector<CropperSelectionElement>('cropper-selection');
    // A frame later the picture has its place.
    requestAnimationFrame(() => {
      if (image && selection) keepInside(image, selection);
    });
  };

  input?.addEventListener('change', () => {
    fold();
    const file = input.files?.[0];
    if (file && /^image\/(jpeg|png|webp)$/.test(file.type) && file.size <= longest) void show(file).catch(fold);
  });

  for (const button of form?.querySelectorAll<HTMLButtonElement>('[data-crop-zoom]') ?? [])
    button.addEventListener('click', () =>
      frame?.querySelector<CropperImageElement>('cropper-image')?.$zoom(Number(button.dataset['cropZoom'])),
    );

  const cut = async (selection: CropperSelectionElement): Promise<File | null> => {
    const canvas = await selection.$toCanvas({
      ...size,
      // Where a picture was drawn smaller than its frame, and where it is transparent.
      beforeDraw: (context, { width, height }) => {
        context.fillStyle = '#ffffff';
        context.fillRect(0, 0, width, height);
      },
    });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
    return blob && new File([blob], 'picture.jpg', { type: 'image/jpeg' });
  };

  form?.addEventListener('submit', (event) => {
    const selection = frame?.querySelector<CropperSelectionElement>('cropper-selection');
    if (!selection || !input) return;
    event.preventDefault();
    void cut(selection)
      .then((file) => {
        if (!file) return;
        const chosen = new DataTransfer();
        chosen.items.add(file);
        input.files = chosen.files;
      })
      .catch(() => undefined)
      .then(() => {
        // Without the selection the next submit goes its usual way.
        fold();
        form.requestSubmit();
      });
  });
}
