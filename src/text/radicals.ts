/**
 * Radicals of the CJK Radicals Supplement that look like whole characters, each before the character it is taken for. Text copied from
 * PDF files holds them (⻅ for 见), and NFKC, which turns Kangxi radicals into characters, leaves these as they are. After Unicode's
 * EquivalentUnifiedIdeograph, parts that never stand alone left out.
 */
const PAIRS =
  '⺁厂 ⺇几 ⺊卜 ⺎兀 ⺒巳 ⺓幺 ⺛旡 ⺜日 ⺝月 ⺠民 ⺧牛 ⺩王 ⺪疋 ⺫目 ⺬示 ⺮竹 ⺶羊 ⺷羊 ⺻聿 ⺼肉 ⺽臼 ⻁虎 ⻄西 ⻅见 ⻆角 ⻇角 ⻉贝 ⻊足 ⻋车 ⻑长 ⻓长 ⻔门 ' +
  '⻕阜 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟';

export const RADICALS: ReadonlyMap<string, string> = new Map(PAIRS.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));
