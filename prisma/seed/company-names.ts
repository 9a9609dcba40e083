import type { DemoCurrency } from "./catalog";
import type { Address } from "./customer-plan";
import { Random } from "./random";

const listed = (words: string): readonly string[] => words.trim().split(/,\s+/);

/** Pleasant, and nobody's. */
const FIRST_WORDS = listed(`
  Alderbrook, Amberfield, Applegate, Arrowmead, Ashcombe, Aspenhall, Barleymow, Beaconhill, Bellwether, Birchwood,
  Blackthorn, Bluebell, Brookvale, Buttercross, Candlewick, Castlegate, Cloverdale, Cobblestone, Copperleaf,
  Cornflower, Cranesbill, Crossharbour, Dovecote, Driftwood, Eastmarch, Elderflower, Emberton, Fairwater,
  Falconridge, Fennimore, Foxglove, Frostwick, Gatehouse, Glasswing, Goldcrest, Greenhollow, Hawthorn, Hazelmere,
  Heatherbank, Highcroft, Hollybrook, Honeycomb, Ivybridge, Jasmine Court, Kingsferry, Larkspur, Laurelwood,
  Lavender Hill, Lighthouse, Lilyfield, Longmeadow, Maplewick, Marigold, Meadowlark, Millpond, Mistlefield,
  Moonraker, Mosswood, Nettlecombe, Nightingale, Oakhollow, Oldbridge, Orchard Row, Osprey, Otterburn, Partridge,
  Peartree, Pebblebrook, Penhallow, Pinecrest, Plumtree, Poppyfield, Primrose, Quayside, Quince, Ravenscar,
  Redkite, Ridgeway, Riverbend, Rookwood, Rosewater, Rowanhurst, Rushmoor, Saffron Lane, Sandpiper, Seabright,
  Silverbirch, Skylark, Snowdrop, Springwell, Starling, Stonecrop, Summerfold, Sunderbrook, Swallowtail,
  Sweetbriar, Tamarind, Thistledown, Thornfield, Tideswell, Tolliver, Treeline, Tumbledown, Twinbrook, Underhill,
  Valerian, Violet Hill, Wagtail, Waterlily, Wayfarer, Westerby, Wheatfield, Whistledown, Wildrose, Willowbank,
  Windrush, Winterbourne, Woodruff, Yarrow, Yewtree
`);

const TRADES = listed(`
  Foods, Freight, Logistics, Textiles, Pharma, Energy, Robotics, Interiors, Packaging, Aviation, Hospitality,
  Housing, Retail, Media, Publishing, Insurance, Learning, Ceramics, Bicycles, Gardens, Instruments, Optics,
  Outfitters, Bakeries, Breweries, Carpets, Clinics, Construction, Design, Diagnostics, Distribution, Drinks,
  Electrics, Engineering, Events, Farms, Fixtures, Furniture, Glassworks, Hardware, Health, Home, Hotels, Imports,
  Joinery, Kitchens, Labs, Leisure, Lighting, Marine, Materials, Metals, Mills, Motors, Music, Networks, Nurseries,
  Office Supply, Organics, Paper, Parcels, Parts, Pictures, Plastics, Pottery, Power, Press, Property, Rail,
  Records, Renewables, Roofing, Salads, Seeds, Shipping, Shoes, Sports, Stationery, Studios, Supplies, Systems,
  Tea, Tiles, Timber, Tools, Toys, Trading, Travel, Vineyards, Water
`);

const LEGAL_FORMS: { readonly [C in DemoCurrency]: readonly (readonly [form: string, country: string])[] } = {
  GBP: [
    ["Ltd", "GB"],
    ["Ltd", "GB"],
    ["plc", "GB"],
    ["LLP", "GB"],
  ],
  USD: [
    ["Inc.", "US"],
    ["LLC", "US"],
  ],
  EUR: [
    ["GmbH", "DE"],
    ["B.V.", "NL"],
    ["SAS", "FR"],
    ["S.r.l.", "IT"],
    ["AB", "SE"],
  ],
  JPY: [["K.K.", "JP"]],
};

const STREETS = [
  "Canal Street",
  "Market Square",
  "Station Road",
  "Harbour Row",
  "Mill Lane",
  "Bridge Street",
  "Garden Walk",
];
const TOWNS: { readonly [country: string]: readonly string[] } = {
  GB: [
    "Leeds LS1 4ZZ",
    "Bristol BS1 5ZZ",
    "Manchester M2 3ZZ",
    "Edinburgh EH2 2ZZ",
    "Norwich NR1 1ZZ",
    "Cardiff CF10 2ZZ",
  ],
  US: ["Portland, OR 97200", "Austin, TX 78700", "Boston, MA 02100", "Denver, CO 80200"],
  DE: ["20095 Hamburg", "50667 Köln"],
  NL: ["3011 Rotterdam", "1012 Amsterdam"],
  FR: ["69002 Lyon", "44000 Nantes"],
  IT: ["20121 Milano", "10121 Torino"],
  SE: ["211 20 Malmö", "411 06 Göteborg"],
  DK: ["8000 Aarhus"],
  JP: ["Yokohama 220-0000", "Osaka 530-0000"],
};

/** As many different names as there are words for two of them; no word comes twice before all have come once. */
export const NAMES_AT_MOST = FIRST_WORDS.length * TRADES.length;

/** The n-th company of the demo. */
export function companyName(
  index: number,
  currency: DemoCurrency,
): { readonly name: string; readonly country: string } {
  const first = FIRST_WORDS[(index * 7) % FIRST_WORDS.length] as string;
  const round = Math.floor(index / FIRST_WORDS.length);
  const trade = TRADES[(index * 11 + round) % TRADES.length] as string;
  const [form, country] = new Random(`form ${first} ${trade}`).pick(LEGAL_FORMS[currency]);
  return { name: `${first} ${trade} ${form}`, country };
}

export function addressOf(name: string, country: string): Address {
  const random = new Random(`address ${name}`);
  const street = `${random.integer(1, 120)} ${random.pick(STREETS)}`;
  return { lines: [street, random.pick(TOWNS[country] ?? [""])], country };
}

/** "Alderbrook Foods Ltd" → "alderbrook-foods" */
export const aliasOf = (name: string): string =>
  name
    .slice(0, name.lastIndexOf(" "))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
