/** What somebody holds by appointment, as a pattern. */
export const OFFICE = '(?:副)?(?:组长|主任|会长|队长|校长|院长|馆长|所长|站长|总指挥|指挥长|召集人|负责人|秘书长|理事长|局长|书记)';
