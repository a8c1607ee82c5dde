//! The words of STAGES-2. English, and the loanwords that travel; patterns as `words` reads them.
//!
//! To add one: first its line in `tests/names.rs`, with what customers say in the same letters.

const SALES: &str = "the sales pipeline";
pub(super) const MARKETING: &str = "the marketing funnel";
const SUPPORT: &str = "the support desk";
const PRODUCT: &str = "product development";
const ACCOUNTS: &str = "account management";
const OFFICE: &str = "back-office work";

type Lists = &'static [(&'static str, &'static [&'static str])];

/// Terms that are an organisation's wherever they stand.
pub(super) const ANYWHERE: Lists = &[
    (
        SALES,
        &[
            "mql", "sql", "SAL", "pql", "bant", "meddic", "meddpicc", "sdr", "bdr", "crm", "ICP",
            "closed won", "closed lost", "close won", "deal won", "deal lost", "deal closed",
            "deal desk", "deal registration", "deal review", "lead generation", "lead gen",
            "lead nurture~", "lead score~", "lead capture", "lead qualification", "lead conversion",
            "lead management", "lead routing", "lead assignment", "lead intake", "lead magnet",
            "lead follow up", "opportunity won", "opportunity lost", "opp created", "opp won",
            "negotiation review", "sales demo", "sales discovery", "win loss", "stage gate",
            "lead to cash", "lead to order", "qualified lead", "qualified prospect",
            "sales qualified", "sales accepted", "sales ready", "marketing qualified",
            "qualified out", "sales pipeline", "sales process", "sales cycle", "sales funnel",
            "sales forecast", "sales engagement", "sales outreach", "sales sequence",
            "opportunity created", "opportunity stage", "opportunity management", "handoff",
            "hand off", "cold outreach", "cold calling", "discovery call", "outbound sales",
            "demo scheduled", "demo completed", "demo delivered", "demo held", "meeting held",
            "proposal sent", "quote sent", "contract sent", "offer sent", "pre sales", "presales",
            "post sales", "after sales", "aftersales", "solutioning", "trial to paid",
        ],
    ),
    (
        MARKETING,
        &[
            "funnel", "TOFU", "mofu", "BOFU", "conversion rate", "conversion funnel",
            "conversion optimisation", "conversion optimization", "demand generation", "demand gen",
            "brand awareness", "product awareness", "awareness campaign",
            "acquisition channel", "nurture campaign", "nurture sequence", "nurturing campaign",
            "drip campaign", "email campaign", "marketing campaign", "ad campaign",
            "email sequence", "outreach sequence", "retarget~", "remarketing", "cart abandonment",
            "basket abandonment", "abandoned cart", "call to action", "landing page",
            "click through", "impression share", "ABM", "account based marketing",
            "customer advocacy", "brand advocacy", "student recruitment",
            "loyalty program enrollment", "loyalty programme enrolment", "GTM", "go to market",
            "inbound marketing", "lifecycle marketing", "re engagement", "reengagement",
            "growth loop", "growth hack~", "virality", "seo",
        ],
    ),
    (
        SUPPORT,
        &[
            "tier 1", "tier 2", "tier 3", "tier one", "tier two", "tier three", "level 1 support",
            "level 2 support", "level 3 support", "first level support", "second level support",
            "third level support", "first line support", "second line support",
            "third line support", "1st line support", "2nd line support", "3rd line support",
            "1st level support", "2nd level support", "3rd level support", "sla", "l1 support",
            "l2 support", "l3 support", "case creation", "case closure", "case assigned",
            "service delivery", "itil", "incident management", "problem management",
            "change management", "case management", "case triage", "case routing",
            "case assignment", "case escalation", "ticket deflection", "call deflection",
            "case deflection", "call routing", "first contact resolution", "first call resolution",
            "root cause analysis", "queue management", "csat", "ivr", "FCR", "AHT", "truck roll",
            "rma", "work order",
        ],
    ),
    (
        PRODUCT,
        &[
            "MVP", "uat", "QA", "sprint planning", "sprint review", "sprint retrospective",
            "user story", "backlog grooming", "backlog refinement", "requirements gathering",
            "requirements analysis", "account provisioning", "user provisioning", "release train",
            "release management", "feature adoption", "product adoption", "product led",
            "tech debt", "technical debt", "hypercare", "time to value", "aha moment",
            "activation rate", "onboarding flow", "quality assurance", "change request",
            "feature flag",
        ],
    ),
    (
        ACCOUNTS,
        &[
            "upsell~", "upsold", "up sell~", "cross sell~", "crosssell~", "churn~", "win back",
            "winback", "qbr", "ebr", "business review", "nps", "ARR", "mrr", "NRR", "ACV", "LTV",
            "CAC", "clv", "net revenue retention", "gross retention", "student retention",
            "employee retention", "CSM", "health score", "customer success", "account management",
            "account review", "account planning", "account plan", "account expansion",
            "account handover", "key account", "at risk account", "at risk customer", "save desk",
            "retention offer", "retention campaign", "retention team", "land and expand",
            "renewal management", "renewal risk", "renewal pipeline", "wallet share",
            "share of wallet",
        ],
    ),
    (
        OFFICE,
        &[
            "order to cash", "quote to cash", "procure to pay", "accounts receivable",
            "accounts payable", "dunning", "revenue recognition", "revenue operations",
            "invoice run", "billing run", "payment reconciliation", "order fulfilment",
            "order fulfillment", "order processing", "order entry", "order intake", "order capture",
            "order management", "pick and pack", "picking and packing", "last mile delivery", "kyc",
            "customer due diligence", "claim handling", "claims handling", "claims adjudication",
            "claim adjudication", "claims processing", "claim processing", "policy issuance",
            "policy servicing", "policy administration", "loan origination", "loan servicing",
            "loan processing", "loan underwriting", "credit underwriting", "policy underwriting",
            "application processing", "case processing", "back office", "backoffice",
            "middle office", "approval workflow", "internal approval", "internal review",
            "internal alignment", "internal handover", "internal escalation", "internal process~",
            "internal routing", "stakeholder alignment", "eligibility determination",
            "benefit determination", "case disposition", "bed management", "utilization review",
            "utilisation review", "rent collection", "arrears management", "void management",
            "yield management", "enrollment management", "enrolment management",
            "talent acquisition", "talent pipeline", "candidate pipeline", "candidate sourcing",
            "applicant tracking", "workflow automation",
        ],
    ),
];

/// Terms that are an organisation's when they are the whole name.
pub(super) const ALONE: Lists = &[
    (
        SALES,
        &[
            "lead", "hot lead", "lead in", "warm lead", "cold lead", "inbound lead",
            "outbound lead", "web lead", "sales lead", "open lead", "prospect", "prospecting",
            "pipeline", "qualify~", "qualification", "disqualify~", "opportunity",
            "open opportunity", "deal", "won", "sales",
        ],
    ),
    (
        MARKETING,
        &[
            "conversion", "acquisition", "nurture~", "segmentation", "targeting", "marketing",
            "monetisation", "monetization", "reactivation", "campaign",
        ],
    ),
    (
        SUPPORT,
        &["ticket", "open ticket", "escalation", "ticketing"],
    ),
    (PRODUCT, &["backlog", "provisioning"]),
    (ACCOUNTS, &["retention", "expansion"]),
    (
        OFFICE,
        &[
            "fulfilment", "fulfillment", "underwriting", "adjudication", "intake", "logistics",
            "operations",
        ],
    ),
];

/// Terms that lean to the inside, and are an organisation's in such company.
pub(super) const LEANING: Lists = &[
    (
        SALES,
        &[
            "lead", "prospect", "qualified", "qualification", "opportunity", "handover", "deal",
            "pipeline",
        ],
    ),
    (MARKETING, &["conversion", "acquisition", "activation"]),
    (SUPPORT, &["ticket", "escalation", "triage"]),
    (ACCOUNTS, &["retention", "forecast"]),
];

/// Words that customers use too and that, beside a leaning one, are the office's.
pub(super) const COMPANY: &[&str] = &[
    "sales", "marketing", "support", "onboarding", "customer", "client", "user", "account",
    "renewal", "service", "success", "trial", "demo", "contract", "proposal", "invoice", "billing",
    "delivery", "team", "queue", "backlog", "resolution", "resolved", "closed", "created", "raised",
    "logged", "assigned", "escalated", "reopened", "routing", "assignment", "management",
    "handling", "review", "agent", "tier", "outreach", "engagement", "scoring", "stage",
    "contacted", "L1", "L2", "L3", "CS", "IT", "helpdesk", "implementation", "operations", "bug",
    "incident", "jira", "zendesk", "create", "creation", "closure", "closing", "generation",
    "identification",
];

/// What an organisation does to a leaning word.
pub(super) const ORGANISING: &[&str] = &[
    "qualify~", "nurture~", "convert~", "assign~", "route~", "triage~", "escalate~", "score~",
    "resolve~", "reassign~", "dispatch~",
];

/// Articles and their like: a name without one is a label, with one it is a sentence.
pub(super) const ARTICLES: &[&str] = &[
    "a", "an", "the", "this", "that", "another", "her", "his", "their", "its", "your",
];

/// Whoever says one of these speaks for themselves.
pub(super) const ONESELF: &[&str] = &["i", "my", "me", "mine", "myself"];

/// Words around a name that name nothing.
pub(super) const FRAME: &[&str] = &["stage", "phase", "step", "status", "state", "new"];

/// What organisations call the people.
pub(super) const SUBJECTS: &[&str] = &[
    "customer", "client", "user", "member", "subscriber", "tenant", "patient", "citizen",
    "applicant", "candidate", "claimant", "policyholder", "borrower", "buyer", "vendor", "supplier",
];

/// What organisations do to them.
pub(super) const PROCESSES: Lists = &[
    (
        ACCOUNTS,
        &[
            "onboarding", "offboarding", "intake", "retention", "success", "lifecycle",
            "enablement", "engagement", "winback", "adoption", "satisfaction",
        ],
    ),
    (
        MARKETING,
        &[
            "acquisition", "activation", "reactivation", "segmentation", "nurturing", "conversion",
            "outreach", "profiling", "targeting", "recruitment",
        ],
    ),
    (
        OFFICE,
        &[
            "verification", "identification", "screening", "throughput", "processing",
            "provisioning",
        ],
    ),
];

/// Words of the funnel that are hardly anything else as the name of a stage.
pub(super) const FUNNEL: &[&str] = &[
    "awareness", "consideration", "acquisition", "activation", "conversion", "retention",
    "advocacy", "revenue", "desire", "attention", "engagement", "nurture~", "expansion", "intent",
    "attract", "delight",
];

/// Words that join such a series, and mean something else without it.
pub(super) const FUNNEL_FOLLOWS: &[&str] = &[
    "interest", "action", "loyalty", "referral", "evaluation", "adoption", "engage", "reach", "act",
    "convert",
];

/// Words that customers share with the funnel: they make a series, and are not accused in it.
pub(super) const FUNNEL_SHARES: &[&str] = &["purchase", "decision", "service", "trial"];

/// Terms with the words around them, in the name, the description, the other stages or the map's title and scenario, that
/// explain them as somebody's own.
pub(super) const EXPLAINED: &[(&[&str], &[&str])] = &[
    (
        &["ticket", "open ticket", "ticketing"],
        &[
            "train", "bus", "tram", "metro", "flight", "plane", "airport", "airline", "travel~",
            "trip", "concert", "theatre", "theater", "cinema", "film", "movie", "museum", "match",
            "stadium", "festival", "event", "zoo", "park~", "station", "ferry", "lottery",
            "speeding", "seat", "tour", "gig", "rail", "railway", "commute~", "passenger",
            "boarding", "ski~",
        ],
    ),
    (
        &["lead"],
        &[
            "guitar", "dog", "puppy", "pipe", "paint", "singer", "role", "cast", "band", "violin",
            "blood", "water", "poisoning", "roof",
        ],
    ),
    (
        &["prospect", "prospecting"],
        &["student", "university", "school", "job", "career", "gold"],
    ),
    (
        &["qualify~", "qualified", "qualification", "disqualify~"],
        &[
            "exam", "student", "course", "race", "apprentice", "nurse", "visa", "mortgage",
            "benefit", "loan", "tournament", "training", "teacher", "degree", "diploma", "licence",
            "license", "certificate", "grant", "league", "olympic", "sport",
        ],
    ),
    (
        &["conversion"],
        &[
            "loft", "attic", "barn", "garage", "currency", "religion", "licence", "license",
            "unit", "camper", "van", "baptism", "heating",
        ],
    ),
    (
        &["pipeline"],
        &["gas", "oil", "water", "pipe", "code", "commit", "build", "developer"],
    ),
    (
        &["handoff", "hand off", "handover"],
        &[
            "patient", "shift", "ward", "nurse", "bedside", "child", "custody", "key", "baby",
            "baton", "relay", "ambulance", "vehicle", "car", "flat",
        ],
    ),
    (&["churn~"], &["butter", "cream", "milk", "stomach"]),
    (
        &["sql"],
        &[
            "learn~", "course", "query", "exercise", "class", "lesson", "student", "tutorial",
            "exam",
        ],
    ),
    (
        &["opportunity", "deal"],
        &[
            "job", "career", "volunteer~", "grant", "bargain", "discount", "shop~", "holiday",
            "poker",
        ],
    ),
    (&["sales"], &["shop~", "bargain", "discount"]),
    (
        &["retention"],
        &["water", "fluid", "urine", "kidney", "bladder", "hospital"],
    ),
    (
        &["acquisition"],
        &["language", "museum", "library", "collection"],
    ),
    (
        &["tier 1", "tier 2", "tier 3", "tier one", "tier two", "tier three"],
        &["visa", "cake", "seat", "stadium", "theatre", "theater", "immigration"],
    ),
    (
        &["triage"],
        &[
            "patient", "hospital", "nurse", "clinic", "doctor", "emergency", "symptom", "treatment",
        ],
    ),
    (&["MVP"], &["season", "player", "award", "league", "match"]),
    (&["expansion"], &["house", "family", "universe"]),
    (
        &["intake"],
        &["patient", "clinic", "school", "calorie", "food"],
    ),
];
