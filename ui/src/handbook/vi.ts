export default import.meta.glob<string>("../../../assets/handbook/vi/*.md", { eager: true, import: "default" });
