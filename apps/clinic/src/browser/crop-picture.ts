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
      <cropper-selection initial-coverage="0.9" aspect-ratio="${260 / 286}" movable resizable keyboard tabindex="0">
        <cropper-grid role="presentation" covered></cropper-grid>
        <cropper-handle action="move" theme-color="rgba(255, 255, 255, 0.2)"></cropper-handle>
        ${handles}
      </cropper-selection>
    </cropper-canvas>`;

  /** Data addresses are pictures to the page's policy; object addresses are not. */
  const addressOf = (file: File): Promise<string> =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(String(reader.result)));
      reader.addEventListener('error', () => reject(new Error('the file cannot be read')));
      reader.readAsDataURL(file);
    });

  const fold = (): void => {
    if (panel) panel.hidden = true;
    frame?.replaceChildren();
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
    await image?.$ready().catch(fold);
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
    const canvas = await selection.$toCanvas(size);
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
