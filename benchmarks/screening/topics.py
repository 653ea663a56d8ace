"""What the synthetic reviews are about: words of our own choosing, no text of anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from shared.screening.criteria import Criteria


@dataclass(frozen=True, slots=True)
class Topic:
    """A review; each list holds ways of saying the same, of which the criteria use the first."""

    name: str
    population: tuple[str, ...]
    intervention: tuple[str, ...]
    outcome: tuple[str, ...]
    other_populations: tuple[str, ...]
    other_interventions: tuple[str, ...]
    theme: tuple[str, ...]

    def criteria(self) -> Criteria:
        """Return what such a review looks for."""
        return Criteria(
            population=self.population[0],
            intervention=self.intervention[0],
            outcome=self.outcome[0],
            exclude=["animal study"],
        )


TOPICS = (
    Topic(
        "statins after stroke",
        (
            "adults after ischemic stroke",
            "patients with cerebral infarction",
            "stroke survivors",
            "people recovering from a brain attack",
            "individuals with acute cerebrovascular occlusion",
        ),
        (
            "statin therapy",
            "atorvastatin 80 mg",
            "rosuvastatin",
            "HMG-CoA reductase inhibitors",
            "intensive lipid lowering with simvastatin",
        ),
        ("recurrent stroke", "second cerebrovascular event", "vascular recurrence"),
        (
            "patients with chronic kidney disease",
            "people with migraine",
            "adults with hypertension",
            "patients with epilepsy",
            "women with preeclampsia",
        ),
        (
            "aspirin and clopidogrel",
            "mechanical thrombectomy",
            "constraint-induced training",
            "alteplase infusion",
            "blood pressure control",
            "speech therapy",
        ),
        ("vascular", "neurology", "cholesterol", "cerebral", "rehabilitation", "imaging"),
    ),
    Topic(
        "exercise in depression",
        (
            "adolescents with depression",
            "depressed teenagers",
            "young people with low mood",
            "youths with major depressive disorder",
        ),
        (
            "aerobic exercise",
            "supervised running sessions",
            "structured physical activity",
            "cycling programme",
            "resistance training at school",
        ),
        ("depressive symptoms", "mood scores", "severity of depression"),
        (
            "older adults with dementia",
            "veterans with trauma",
            "adults with schizophrenia",
            "children with autism",
            "pregnant women with anxiety",
        ),
        (
            "cognitive behavioural therapy",
            "fluoxetine",
            "mindfulness app",
            "family counselling",
            "light therapy",
            "peer support groups",
        ),
        ("psychiatry", "wellbeing", "mental", "school", "motivation", "sleep"),
    ),
    Topic(
        "telehealth in diabetes",
        (
            "adults with type 2 diabetes",
            "patients with T2DM",
            "people with non-insulin-dependent diabetes",
            "individuals with adult-onset diabetes",
        ),
        (
            "telehealth",
            "remote glucose monitoring",
            "video consultations",
            "mobile phone coaching",
            "text message reminders",
            "telemedicine visits",
        ),
        ("glycated haemoglobin", "HbA1c", "glycaemic control"),
        (
            "children with type 1 diabetes",
            "women with gestational diabetes",
            "patients with obesity",
            "adults with heart failure",
            "patients with retinopathy",
        ),
        (
            "metformin",
            "bariatric surgery",
            "SGLT2 inhibitors",
            "group education in clinics",
            "low carbohydrate diet",
            "insulin glargine",
        ),
        ("metabolic", "endocrine", "glucose", "primary care", "adherence", "nutrition"),
    ),
    Topic(
        "probiotics in preterm infants",
        (
            "preterm infants",
            "very low birth weight neonates",
            "premature newborns",
            "babies born before 32 weeks",
        ),
        (
            "probiotic supplementation",
            "Lactobacillus reuteri drops",
            "Bifidobacterium breve",
            "multi-strain live bacteria",
            "oral microbial supplements",
        ),
        ("necrotising enterocolitis", "NEC", "bowel necrosis"),
        (
            "term infants with colic",
            "children with diarrhoea",
            "mothers with mastitis",
            "adults with colitis",
            "toddlers with eczema",
        ),
        (
            "donor human milk",
            "caffeine citrate",
            "surfactant",
            "delayed cord clamping",
            "lactoferrin",
            "kangaroo care",
        ),
        ("neonatal", "intensive care unit", "feeding", "gut", "microbiota", "growth"),
    ),
    Topic(
        "针刺治疗慢性腰痛",
        ("慢性腰痛患者", "非特异性下腰痛病人", "长期腰部疼痛者", "腰背痛人群"),
        ("针刺治疗", "电针", "毫针刺法", "体针干预", "温针灸"),
        ("疼痛评分", "视觉模拟评分", "功能障碍指数"),
        ("膝骨关节炎患者", "颈椎病患者", "偏头痛患者", "肩周炎患者", "带状疱疹后神经痛患者"),
        ("推拿手法", "布洛芬缓释胶囊", "核心稳定训练", "中药熏蒸", "硬膜外注射", "健康教育"),
        ("康复", "中医", "疼痛", "门诊", "疗程", "随访"),
    ),
    Topic(
        "masks and respiratory infection",
        (
            "healthcare workers",
            "hospital staff",
            "nurses and physicians",
            "medical personnel on wards",
        ),
        ("N95 respirators", "surgical masks", "face coverings", "filtering facepiece devices"),
        ("respiratory infection", "influenza-like illness", "viral acquisition"),
        ("school children", "airline passengers", "nursing home residents", "pilgrims", "miners"),
        (
            "hand hygiene campaign",
            "influenza vaccination",
            "ultraviolet air disinfection",
            "vitamin D",
            "screening at admission",
            "ventilation upgrades",
        ),
        ("transmission", "occupational", "outbreak", "protective", "virus", "exposure"),
    ),
)
