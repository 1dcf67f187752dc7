import { type Example, say } from '../example.ts';
import { PhotoGrid } from './PhotoGrid.tsx';

/** A drawn picture stands in for a photo. */
function drawing(color: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"><path fill="${color}" d="M0 0h800v600H0z"/><path fill="#e9dcc6" d="M100 260h600v290H100z"/><path fill="#6b4a35" d="M340 380h120v170H340z"/><path fill="#94301f" d="M60 270L400 110l340 160z"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const examples: Example[] = [
  {
    title: 'PhotoGrid',
    render: (l) => (
      <PhotoGrid
        l={l}
        id="photos-example"
        photos={['#9db7c4', '#b9c4a0', '#d3b58d'].map((color, index) => ({
          id: `e${index}`,
          src: drawing(color),
          alt: say(
            l,
            `Кире бериш, ${index + 1}-сүрөт`,
            `Вход, снимок ${index + 1}`,
            `The entrance, photo ${index + 1}`,
          ),
          width: 800,
          height: 600,
          ...(index === 0 && {
            caption: say(l, 'Пандус жок, үч тепкич', 'Нет пандуса, три ступени', 'No ramp, three steps'),
          }),
        }))}
      />
    ),
  },
];
