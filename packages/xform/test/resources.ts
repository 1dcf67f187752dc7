/** Lists in files that the kit's forms ask for, with villages and people of Kyrgyzstan. */
const FILES: Readonly<Record<string, string>> = {
  'villages.csv':
    'name,label,region\nbarskoon,Барскоон,issyk-kul\nkurshab,Куршаб,osh\n"ak-suu","Ак-Суу, төмөнкү",issyk-kul\n',
  'big.csv': `name,label,region\n${Array.from({ length: 40 }, (_, i) => `v${i},Айыл ${i},${i % 2 ? 'osh' : 'chuy'}`).join('\n')}\n`,
  'people.csv':
    'name,label,phone,__version,__trunkVersion,__branchId\n8d2b7d38-1111-4c1f-9a54-000000000001,Айгүл Асанова,0555 12-34-56,3,2,b-1\n8d2b7d38-1111-4c1f-9a54-000000000002,Бакыт Токтогулов,0700 65-43-21,1,,\n',
  'people.xml':
    '<root><item><id>p1</id><full_name>Нурлан Эсенов</full_name></item><item><id>p2</id><full_name>Гүлнара Сатарова</full_name></item></root>',
  'wells.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: 'w1',
        geometry: { type: 'Point', coordinates: [77.6, 42.2] },
        properties: { title: 'Чоң кудук' },
      },
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [78.5, 42.1] },
        properties: { id: 'w2', title: 'Кичи кудук' },
      },
    ],
  }),
  'wells2.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [74.6, 42.8] },
        properties: { well_id: 'k1', well_name: 'Мектеп' },
      },
    ],
  }),
};

/** The text behind a `jr://` address, or undefined. */
export function resources(src: string): string | undefined {
  return FILES[src.slice(src.lastIndexOf('/') + 1)];
}
