"""Topics that nothing was fitted to: they are only measured.

They were written when the learners' constants were settled, and the share that the built-in models
exclude follows from the others alone: the largest at which each of those kept a recall of 0.95.
"""

from benchmarks.screening.topics import Topic

HELD_OUT = (
    Topic(
        "music in dementia care",
        (
            "people with dementia",
            "patients with Alzheimer disease",
            "older adults with cognitive decline",
            "nursing home residents with memory loss",
        ),
        (
            "music therapy",
            "group singing",
            "individualised playlists",
            "rhythmic drumming sessions",
        ),
        ("agitation", "behavioural symptoms", "restlessness"),
        (
            "stroke survivors",
            "adults with Parkinson disease",
            "children in hospital",
            "caregivers of veterans",
            "patients after hip fracture",
        ),
        (
            "donepezil",
            "pet visits",
            "massage",
            "reminiscence groups",
            "bright light",
            "staff training",
        ),
        ("geriatrics", "long-term care", "cognition", "nursing", "memory", "ageing"),
    ),
    Topic(
        "school feeding and growth",
        (
            "primary school children",
            "pupils in low-income countries",
            "schoolchildren aged 6 to 12",
            "learners in rural classrooms",
        ),
        (
            "school meals",
            "midday lunch programme",
            "fortified biscuits at school",
            "free breakfast provision",
        ),
        ("height for age", "linear growth", "stunting"),
        (
            "pregnant women",
            "infants under two",
            "adolescent athletes",
            "refugee families",
            "farm workers",
        ),
        (
            "cash transfers",
            "deworming tablets",
            "hand washing stations",
            "iron syrup",
            "breastfeeding counselling",
            "kitchen gardens",
        ),
        ("nutrition", "poverty", "education", "anaemia", "community", "attendance"),
    ),
    Topic(
        "二甲双胍与多囊卵巢综合征",
        ("多囊卵巢综合征患者", "PCOS女性", "多囊卵巢不孕妇女", "高雄激素无排卵女性"),
        ("二甲双胍", "格华止口服", "双胍类胰岛素增敏剂", "盐酸二甲双胍缓释片"),
        ("排卵率", "卵泡发育", "月经恢复"),
        (
            "子宫内膜异位症患者",
            "卵巢早衰女性",
            "妊娠期高血压孕妇",
            "甲状腺功能减退患者",
            "绝经后妇女",
        ),
        ("来曲唑", "腹腔镜打孔", "口服避孕药", "中药周期疗法", "维生素D补充", "生活方式干预"),
        ("内分泌", "代谢", "生殖", "激素", "超声", "妇科"),
    ),
)
