//! The words by which speakers are told apart. One word a line would hide what is missing.

#[rustfmt::skip]
pub(super) const DOCUMENTS: &[&str] = &[
    "report", "reports", "statement", "post", "tweet", "thread", "video", "footage", "images",
    "photos", "imagery", "document", "documents", "study", "article", "investigation", "paper",
    "survey", "papers", "analyst", "researcher", "expert", "journalist", "files", "brief",
    "message", "recording", "communique",
];

#[rustfmt::skip]
pub(super) const RUMOUR: &[&str] = &[
    "report", "reports", "reporting", "accounts", "investigations", "sources", "rumours",
    "rumors", "recent", "some", "several", "many", "numerous", "various", "multiple", "other",
    "unconfirmed", "initial", "early", "new", "further", "and", "observers", "intelligence",
    "earlier", "local",
];

#[rustfmt::skip]
pub(super) const RUMOUR_NOUNS: &[&str] = &[
    "intelligence", "report", "reports", "reporting", "accounts", "investigations", "sources",
    "rumours", "rumors", "observers",
];

#[rustfmt::skip]
pub(super) const PLATFORMS: &[&str] = &[
    "twitter", "x", "telegram", "facebook", "tiktok", "instagram", "youtube", "reddit",
    "discord", "vkontakte", "vk", "whatsapp", "mastodon", "bluesky", "weibo", "wechat",
    "snapchat", "4chan", "linkedin", "threads",
];

#[rustfmt::skip]
pub(super) const HUMANS: &[&str] = &[
    "sources", "source", "residents", "resident", "witnesses", "witness", "eyewitnesses",
    "eyewitness", "villagers", "villager", "locals", "survivors", "survivor", "defector",
    "defectors", "informant",
];

#[rustfmt::skip]
pub(super) const INTERGOVERNMENTAL: &[&str] = &[
    "un", "nato", "eu", "au", "osce", "ecowas", "iaea", "opcw", "who", "icc", "unhcr", "unicef",
    "minusma", "unsc", "ohchr", "imf", "interpol", "europol", "asean", "g7", "g20", "unesco",
];

#[rustfmt::skip]
pub(super) const NGOS: &[&str] = &[
    "ngo", "ngos", "amnesty", "oxfam", "acled", "bellingcat", "charity", "charities",
    "foundation", "greenpeace",
];

#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] =
    &[
    "reuters", "afp", "ap", "dpa", "xinhua", "tass", "interfax", "bloomberg",
];

#[rustfmt::skip]
pub(super) const OUTLETS: &[&str] = &[
    "news", "newspaper", "newspapers", "media", "magazine", "broadcaster", "television", "radio",
    "bbc", "cnn", "guardian", "times", "post", "journal", "jazeera", "monde", "spiegel",
    "outlet",
];

#[rustfmt::skip]
pub(super) const RESEARCH: &[&str] = &[
    "institute", "institution", "university", "think-tank", "think-tanks", "think", "centre",
    "center", "academics", "scholars", "researchers", "study", "studies", "survey", "academy",
    "college", "laboratory", "scientists",
];

#[rustfmt::skip]
pub(super) const EXPERTS: &[&str] = &[
    "analyst", "analysts", "researcher", "expert", "experts", "professor", "scholar",
    "economist", "historian", "scientist", "specialist", "consultant", "fellow", "academic",
    "lecturer", "strategist",
];

#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "journalist", "reporter", "correspondent", "resident", "witness", "president", "minister",
    "secretary", "spokesman", "spokeswoman", "spokesperson", "ambassador", "general", "colonel",
    "admiral", "senator", "director", "chief", "commander", "governor", "mayor", "chancellor",
    "chairman", "lawyer", "activist", "dr", "king", "prince",
];

#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "ministry", "department", "government", "treasury", "intelligence", "police", "army",
    "military", "kremlin", "pentagon", "cia", "fbi", "nsa", "mi6", "mi5", "gchq", "minister",
    "president", "spokesman", "spokeswoman", "spokesperson", "ambassador", "senator",
    "secretary", "commander", "governor", "chancellor", "parliament", "senate", "congress",
    "embassy", "officials", "official", "authorities", "administration", "agency", "agencies",
    "navy", "directorate", "cabinet", "council", "court", "prosecutor", "prosecutors",
    "committee", "junta", "regime", "bureau", "coastguard", "customs", "services", "office",
];
